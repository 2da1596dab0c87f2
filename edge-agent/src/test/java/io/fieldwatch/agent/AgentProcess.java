package io.fieldwatch.agent;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built jar in a JVM of its own. */
final class AgentProcess implements AutoCloseable {
  private final Path output;
  private final Process process;

  private AgentProcess(Path output, Process process) {
    this.output = output;
    this.process = process;
  }

  /** Starts it and waits until it has said that so many devices are ready. */
  static AgentProcess start(Path config, int devices) throws IOException {
    Path output = Files.createTempFile(config.getParent(), "agent", ".out");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("agent.jar"),
                "run",
                "--config",
                config.toString())
            .redirectOutput(output.toFile())
            .redirectError(
                ProcessBuilder.Redirect.appendTo(output.resolveSibling("agent.log").toFile()))
            .start();
    AgentProcess agent = new AgentProcess(output, process);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> agent.readyLines().size() == devices || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "The agent ended: " + Files.readString(output.resolveSibling("agent.log")));
    }
    return agent;
  }

  List<String> readyLines() throws IOException {
    return Files.readAllLines(output).stream()
        .filter(line -> line.matches("ready device=\\S+ epoch=\\S+"))
        .toList();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill}; gives the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The agent does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
