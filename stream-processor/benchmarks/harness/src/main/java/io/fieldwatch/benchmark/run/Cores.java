package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Which process runs on which core. */
final class Cores {
  /** Broker, HDFS, InfluxDB and the measurement itself. */
  static final int SERVERS = 0;

  /** The system under test, and nothing else. */
  static final int SYSTEM = 1;

  private static final int ATTEMPTS = 10;

  private Cores() {}

  /**
   * Binds a running process and all its threads. A thread that ends in between makes {@code
   * taskset} give up, so it is asked again.
   */
  static void pin(long pid, String cores) throws IOException, InterruptedException {
    String said = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Process taskset =
          new ProcessBuilder("taskset", "-acp", cores, Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      said = new String(taskset.getInputStream().readAllBytes(), UTF_8);
      if (taskset.waitFor() == 0) {
        return;
      }
    }
    throw new IOException(
        "Cannot bind process %d to cores %s: %s".formatted(pid, cores, lastLine(said)));
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line);
  }

  /** A command that runs on the system's core from its first instruction on. */
  static List<String> onSystemCore() {
    return List.of("taskset", "-c", Integer.toString(SYSTEM));
  }
}
