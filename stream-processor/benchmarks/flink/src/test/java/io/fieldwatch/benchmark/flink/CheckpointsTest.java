package io.fieldwatch.benchmark.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private final Path folder;

  CheckpointsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void newestCompleteCheckpointIsFoundAmongThoseOfAllStarts() throws IOException {
    // Given
    complete("first/chk-9", 1);
    Path newest = complete("second/chk-2", 2);
    Files.createDirectories(folder.resolve("second/chk-3"));

    // When, Then
    assertThat(Checkpoints.newest(folder)).contains(newest);
  }

  @Test
  void firstStartHasNone() throws IOException {
    assertThat(Checkpoints.newest(folder)).isEmpty();
    assertThat(Checkpoints.newest(folder.resolve("absent"))).isEmpty();
  }

  private Path complete(String name, int millis) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve(name));
    Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis));
    return checkpoint;
  }
}
