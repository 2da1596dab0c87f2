package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
  private final Path folder;

  LabelsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anomaliesOfADeviceAreAddedToThoseOfItsRecording() throws IOException {
    // Given
    Labels labels =
        labels(
            "device,from,to\nlab/a,2000,3000\nlab/a, 1970-01-01T00:00:00Z , 1970-01-01T00:00:01Z\n\nlab/b,5,6\n");
    Recording recording = new Recording("lab/a", List.of(), List.of(new Period(1500, 1600)), 7);

    // When
    Recording said = labels.on(recording);

    // Then
    assertThat(said.anomalies())
        .containsExactly(new Period(0, 1000), new Period(1500, 1600), new Period(2000, 3000));
    assertThat(said.refusedRows()).isEqualTo(7);
    assertThat(labels.facts(List.of("lab/a", "lab/c"))).isEqualTo(Map.of("labelledAnomalies", 2));
  }

  @Test
  void aLineThatSaysNothingIsNamed() {
    for (String line : List.of("lab/a,1000", "lab/a,yesterday,today", "lab/a,2000,1000")) {
      assertThatThrownBy(() -> labels("lab/a,1,2\n" + line))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith(
              "line 2 is not device,from,to with times in milliseconds or ISO 8601");
    }
    assertThatThrownBy(() -> Labels.read(folder.resolve("no")))
        .hasMessageEndingWith(": there is no such file");
  }

  private Labels labels(String text) throws IOException {
    return Labels.read(Files.writeString(folder.resolve("labels.csv"), text));
  }
}
