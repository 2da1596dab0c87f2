package io.fieldwatch.agent.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.agent.simulator.SimulatedDevice.SimulatedFault;
import io.fieldwatch.reading.DeviceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {
  private static final SimulatedFault FAULT =
      new SimulatedFault(
          new DeviceId("lab", "sim-001"), "temperature", FaultKind.SHIFT, 1000, 5000, 1.5);
  private static final String HEADER = "device,sensor,fault,from_ms,to_ms,magnitude";
  private static final String LINE = "lab/sim-001,temperature,shift,1000,5000,1.5";

  private final Path folder;
  private final Path file;

  TruthFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("below").resolve("truth.csv");
  }

  @Test
  void appendsALineWhenAFaultBegins() throws IOException {
    // When
    write(0);

    // Then
    assertThat(file).hasContent(HEADER + "\n" + LINE + "\n");
  }

  @Test
  void doesNotWriteAFaultTwiceThatIsUnderWayOverARestart() throws IOException {
    // Given
    write(0);

    // When
    write(2000);

    // Then
    assertThat(file).hasContent(HEADER + "\n" + LINE + "\n");
  }

  @Test
  void endsALineThatACrashHasTorn() throws IOException {
    // Given
    Files.createDirectories(folder.resolve("below"));
    Files.writeString(file, HEADER + "\nlab/sim-001,temper");

    // When
    write(2000);

    // Then
    assertThat(file).hasContent(HEADER + "\nlab/sim-001,temper\n" + LINE + "\n");
  }

  private void write(long now) throws IOException {
    try (TruthFile truth = TruthFile.open(file, now)) {
      truth.began(FAULT);
    }
  }
}
