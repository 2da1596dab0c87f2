package io.fieldwatch.benchmark.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Notes ten times a second, on a thread of its own, what CPU time a process and those it started
 * have used, and what went on on its core beside.
 */
final class CpuMeter implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  /** USER_HZ, which Linux has fixed for what it tells. */
  private static final double TICKS_PER_SECOND = 100;

  private final ProcessHandle process;
  private final int core;
  private final List<Sample> samples = new ArrayList<>();
  private volatile boolean closed;

  /** Seconds so far, at a time: of the processes, of all on the core, and taken by the host. */
  private record Sample(long millis, double own, double core, double steal) {}

  /**
   * What was used between two times.
   *
   * @param seconds of the processes
   * @param otherShare of the core's time that others used or the host took, in [0, 1]
   */
  record Usage(double seconds, double otherShare) {}

  CpuMeter(ProcessHandle process, int core) {
    this.process = process;
    this.core = core;
    Thread thread = new Thread(this::run, "cpu-meter");
    thread.setDaemon(true);
    thread.start();
  }

  /** What was used between two times of this machine's clock, interpolated between samples. */
  synchronized Usage between(long fromMillis, long toMillis) {
    Sample from = at(fromMillis);
    Sample to = at(toMillis);
    double own = to.own - from.own;
    double other = Math.max(0, to.core - from.core - own) + to.steal - from.steal;
    return new Usage(own, other * 1_000 / Math.max(1, toMillis - fromMillis));
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        note();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (IOException gone) {
      // The process has ended; what was noted stays.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note() throws IOException {
    double own = 0;
    try (Stream<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants())) {
      for (ProcessHandle each : all.toList()) {
        own += seconds(each.pid());
      }
    }
    double[] ofCore = ofCore();
    synchronized (this) {
      samples.add(new Sample(System.currentTimeMillis(), own, ofCore[0], ofCore[1]));
    }
  }

  private static double seconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Seconds in use and seconds taken by the host. */
  private double[] ofCore() throws IOException {
    String prefix = "cpu" + core + " ";
    for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
      if (line.startsWith(prefix)) {
        String[] f = line.substring(prefix.length()).strip().split(" ");
        double busy =
            Double.parseDouble(f[0])
                + Double.parseDouble(f[1])
                + Double.parseDouble(f[2])
                + Double.parseDouble(f[5])
                + Double.parseDouble(f[6]);
        return new double[] {busy / TICKS_PER_SECOND, Double.parseDouble(f[7]) / TICKS_PER_SECOND};
      }
    }
    throw new IOException("Cannot find core " + core + " in /proc/stat");
  }

  private Sample at(long millis) {
    if (samples.isEmpty()) {
      throw new IllegalStateException("Cannot tell what was used: nothing was noted");
    }
    Sample before = samples.get(0);
    for (Sample after : samples) {
      if (after.millis >= millis) {
        double share =
            after.millis == before.millis
                ? 0
                : Math.max(0, (double) (millis - before.millis) / (after.millis - before.millis));
        return new Sample(
            millis,
            before.own + share * (after.own - before.own),
            before.core + share * (after.core - before.core),
            before.steal + share * (after.steal - before.steal));
      }
      before = after;
    }
    return before;
  }
}
