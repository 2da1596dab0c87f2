package io.fieldwatch.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.PackId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  private final Path folder;
  private final Progress progress;

  ProgressTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.progress = new Progress(folder.resolve("progress"));
    progress.willWrite("12 34 a file.csv", 100, 150, new PackId("epoch", 5));
  }

  @Test
  void countsRowsOfAPackThatWasWritten() throws IOException {
    assertThat(progress.publishedRows("12 34 a file.csv", new PackId("epoch", 6))).isEqualTo(150);
  }

  @Test
  void doesNotCountRowsOfAPackThatACrashPrevented() throws IOException {
    assertThat(progress.publishedRows("12 34 a file.csv", new PackId("epoch", 5))).isEqualTo(100);
  }

  @Test
  void beginsAgainInANewEpoch() throws IOException {
    assertThat(progress.publishedRows("12 34 a file.csv", new PackId("other", 6))).isZero();
  }

  @Test
  void knowsNothingOfOtherFiles() throws IOException {
    assertThat(progress.publishedRows("12 35 a file.csv", new PackId("epoch", 6))).isZero();
    assertThat(
            new Progress(folder.resolve("none"))
                .publishedRows("12 34 a file.csv", new PackId("epoch", 6)))
        .isZero();
  }
}
