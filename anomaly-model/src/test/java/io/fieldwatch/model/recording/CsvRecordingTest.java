package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class CsvRecordingTest {
  @Test
  void eachColumnBecomesASeriesByTime() throws IOException {
    // When
    Recording recording =
        read("temperature, time ,humidity\n21.5,2000,40\n21.0,1000,\n\n22,3000,41\n");

    // Then
    Series temperature = recording.series().get(0);
    assertThat(temperature.name()).isEqualTo("d/temperature");
    assertThat(temperature.timesMillis()).containsExactly(1000, 2000, 3000);
    assertThat(temperature.values()).containsExactly(21.0, 21.5, 22);
    Series humidity = recording.series().get(1);
    assertThat(humidity.sensor()).isEqualTo("humidity");
    assertThat(humidity.timesMillis()).containsExactly(2000, 3000);
    assertThat(recording.refusedRows()).isZero();
  }

  @Test
  void aBadRowCostsItselfAndIsCounted() throws IOException {
    // When
    Recording recording =
        read("time,x\n1000,1\n2000,two\n3000\nnoon,4\n5000,NaN\n6000,1e999\n7000,7\n");

    // Then
    assertThat(recording.series().get(0).values()).containsExactly(1, 7);
    assertThat(recording.refusedRows()).isEqualTo(5);
  }

  @Test
  void aColumnOfLabelsSaysWhenSomethingWasWrong() throws IOException {
    // When
    Recording recording =
        read("anomaly,time,x\n0,1000,1\n1,2000,2\n1.0,3000,3\n,4000,4\n2,5000,5\n1,6000,6\n");

    // Then
    assertThat(recording.anomalies())
        .containsExactly(new Period(2000, 4000), new Period(6000, 6001));
    assertThat(recording.series()).hasSize(1);
    assertThat(recording.refusedRows()).isEqualTo(1);
  }

  @Test
  void aFileWithoutTimesIsRefused() {
    assertThatThrownBy(() -> read("when,x\n1,2\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read recording of 'd': its first line has no column 'time'");
    assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
  }

  private static Recording read(String text) throws IOException {
    return CsvRecording.read("d", new BufferedReader(new StringReader(text)));
  }
}
