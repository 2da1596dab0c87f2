package io.fieldwatch.stream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/reference/stream-config.md");

  @Test
  void committedPageIsWhatTheDeclarationsSay() throws IOException {
    if (Boolean.getBoolean("reference.write")) {
      Files.writeString(PAGE, ReferencePage.text());
    }

    assertThat(PAGE)
        .as("the page's first paragraphs say how to write it again")
        .hasContent(ReferencePage.text());
  }

  @Test
  void sampleIsAFileThatWorks() throws IOException {
    StreamConfigFile.parse(ReferencePage.sample(), "sample");
  }

  @Test
  void sampleWithEverythingUncommentedWorksToo(@TempDir Path directory) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "hunter2");
    String all =
        ReferencePage.sample()
            .replaceAll("(?m)^# ", "")
            .replaceAll("(?m)passwordFile: .*", "passwordFile: " + password);

    assertThat(StreamConfigFile.parse(all, "sample").effective()).contains(password.toString());
  }
}
