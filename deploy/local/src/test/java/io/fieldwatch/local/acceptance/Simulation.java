package io.fieldwatch.local.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The agent's simulator, which writes its devices' readings and the truth of its faults to files.
 */
final class Simulation {
  private Simulation() {}

  /** One reading a second of every sensor; always the same ones. Waits until they are written. */
  static void write(Path folder, int devices, String duration, int faultsPerHour)
      throws IOException, InterruptedException {
    Path agent = Installation.find().file("edge-agent/target/edge-agent.jar");
    Process simulation =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    agent.toString(),
                    "simulate",
                    "--csv",
                    folder.toString(),
                    "--devices",
                    Integer.toString(devices),
                    "--duration",
                    duration,
                    "--interval",
                    "1s",
                    "--seed",
                    "9",
                    "--faults-per-hour",
                    Integer.toString(faultsPerHour)))
            .inheritIO()
            .start();
    assertThat(simulation.waitFor()).isZero();
  }
}
