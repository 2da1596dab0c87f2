package io.fieldwatch.local.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much of the machine's time was left to this process and its children, by the kernel's own
 * count: where others work beside a test, a time limit says less.
 */
final class MachineShare {
  private static final double TICKS_PER_SECOND = 100;
  private static final double LEAST = 0.05;

  private final long beganNanos = System.nanoTime();
  private final double busyBefore;
  private final Map<Long, Duration> oursBefore;

  private MachineShare(double busyBefore, Map<Long, Duration> oursBefore) {
    this.busyBefore = busyBefore;
    this.oursBefore = oursBefore;
  }

  static MachineShare begin() throws IOException {
    return new MachineShare(busySeconds(), ours());
  }

  /** Since it began: 1 where nobody else did anything, never less than {@value #LEAST}. */
  double leftToUs() throws IOException {
    double whole =
        (System.nanoTime() - beganNanos) / 1e9 * Runtime.getRuntime().availableProcessors();
    double ours = 0;
    for (Map.Entry<Long, Duration> process : ours().entrySet()) {
      Duration before = oursBefore.getOrDefault(process.getKey(), Duration.ZERO);
      ours += process.getValue().minus(before).toMillis() / 1e3;
    }
    double others = Math.max(0, busySeconds() - busyBefore - ours);
    return Math.max(LEAST, 1 - others / whole);
  }

  private static Map<Long, Duration> ours() {
    Map<Long, Duration> times = new HashMap<>();
    Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .forEach(
            process ->
                times.put(process.pid(), process.info().totalCpuDuration().orElse(Duration.ZERO)));
    return times;
  }

  /** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal. */
  private static double busySeconds() throws IOException {
    String[] cells = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +", -1);
    long ticks = 0;
    for (int i = 1; i <= 8; i++) {
      ticks += i == 4 || i == 5 ? 0 : Long.parseLong(cells[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }
}
