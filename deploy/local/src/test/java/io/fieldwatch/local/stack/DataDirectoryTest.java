package io.fieldwatch.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private final Path folder;

  DataDirectoryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void a_folder_with_files_of_others_is_refused() throws IOException {
    // Given
    Files.writeString(folder.resolve("thesis.tex"), "years of work");

    // When // Then
    assertThatThrownBy(() -> new DataDirectory(folder).create())
        .hasMessageContaining("it has files of others");
  }

  @Test
  void a_fresh_start_deletes_what_was_stored_and_keeps_the_ports() throws IOException {
    // Given
    DataDirectory data = new DataDirectory(folder.resolve("new"));
    data.create();
    Files.writeString(data.store("kafka").resolve("log"), "records");
    Files.writeString(data.portsFile(), "kafka=20001\n");

    // When
    data.clear();

    // Then
    assertThat(data.path().resolve("data")).doesNotExist();
    assertThat(data.portsFile()).exists();
  }

  @Test
  void one_folder_has_one_launcher() throws IOException {
    // Given
    DataDirectory data = new DataDirectory(folder);
    data.create();

    // When
    try (StackLock held = StackLock.acquire(data)) {
      assertThat(held).isNotNull();

      // Then
      assertThatThrownBy(() -> StackLock.acquire(data))
          .hasMessageContaining("a stack runs there, pid " + ProcessHandle.current().pid())
          .hasMessageContaining("./fieldwatch down");
    }
    StackLock.acquire(data).close();
  }
}
