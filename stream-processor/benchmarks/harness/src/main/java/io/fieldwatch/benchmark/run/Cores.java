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

  private Cores() {}

  /** Binds a running process and all its threads. */
  static void pin(long pid, String cores) throws IOException, InterruptedException {
    Process taskset =
        new ProcessBuilder("taskset", "-acp", cores, Long.toString(pid))
            .redirectErrorStream(true)
            .start();
    String said = new String(taskset.getInputStream().readAllBytes(), UTF_8);
    if (taskset.waitFor() != 0) {
      throw new IOException("Cannot bind process " + pid + " to cores " + cores + ": " + said);
    }
  }

  /** A command that runs on the system's core from its first instruction on. */
  static List<String> onSystemCore() {
    return List.of("taskset", "-c", Integer.toString(SYSTEM));
  }
}
