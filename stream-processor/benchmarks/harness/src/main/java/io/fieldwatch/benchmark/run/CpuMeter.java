package io.fieldwatch.benchmark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;

/**
 * Notes ten times a second, on a thread of its own, what CPU time a process and those it started
 * have used, how much of that its compilers, and what went on on its core and on the servers' core.
 */
final class CpuMeter implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;

  private static final String YET_UNNAMED = "java";

  /** A sample may be so late that a busy machine has not let the thread run. */
  private static final long GAP_MILLIS = 2_000;

  /** USER_HZ, which Linux has fixed for what it tells. */
  private static final double TICKS_PER_SECOND = 100;

  // Positions in stat behind the name, of two fields each.
  private static final int OWN_TIME = 11;
  private static final int CHILDREN_TIME = 13;

  private final ProcessHandle process;
  private final List<Sample> samples = new ArrayList<>();
  private final Map<Path, Double> compilers = new HashMap<>();
  private final Set<Path> otherThreads = new HashSet<>();
  private volatile boolean closed;

  /**
   * Seconds so far, at a time.
   *
   * @param own of the processes
   * @param compilers of the processes' compiler threads
   * @param core of all on the system's core
   * @param steal taken from that core by the host
   * @param servers of all on the servers' core
   */
  private record Sample(
      long millis, double own, double compilers, double core, double steal, double servers) {
    Sample combined(Sample other, long atMillis, DoubleBinaryOperator how) {
      return new Sample(
          atMillis,
          how.applyAsDouble(own, other.own),
          how.applyAsDouble(compilers, other.compilers),
          how.applyAsDouble(core, other.core),
          how.applyAsDouble(steal, other.steal),
          how.applyAsDouble(servers, other.servers));
    }
  }

  /**
   * What was used between two times.
   *
   * @param seconds of the processes
   * @param compilersShare of those seconds, of the compilers of Java, in [0, 1]
   * @param otherShare of the core's time that others used or the host took, in [0, 1]
   * @param serversShare of the servers' core's time that was used, in [0, 1]
   */
  record Usage(double seconds, double compilersShare, double otherShare, double serversShare) {}

  CpuMeter(ProcessHandle process) {
    this.process = process;
    Thread thread = new Thread(this::run, "cpu-meter");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * What was used between two times of this machine's clock, interpolated between samples.
   *
   * @throws IllegalArgumentException if they are not between samples
   */
  synchronized Usage between(long fromMillis, long toMillis) {
    if (samples.isEmpty()
        || samples.get(0).millis > fromMillis + GAP_MILLIS
        || samples.get(samples.size() - 1).millis < toMillis - GAP_MILLIS) {
      throw new IllegalArgumentException(
          "Cannot tell what was used: it was not noted all the time");
    }
    Sample used = at(toMillis).combined(at(fromMillis), toMillis, (to, from) -> to - from);
    double seconds = Math.max(1, toMillis - fromMillis) / 1_000.0;
    double other = Math.max(0, used.core - used.own) + used.steal;
    return new Usage(
        used.own,
        used.own == 0 ? 0 : used.compilers / used.own,
        other / seconds,
        used.servers / seconds);
  }

  /** When the process was warm; empty if it was not yet. */
  synchronized OptionalLong warmMillis(Interval interval) {
    int from = 0;
    for (int at = 1; at < samples.size(); at++) {
      Sample sample = samples.get(at);
      while (sample.own - samples.get(from + 1).own >= Interval.RECENT_CPU_SECONDS) {
        from++;
      }
      Sample before = samples.get(from);
      double recent = sample.own - before.own;
      double share = recent == 0 ? 1 : (sample.compilers - before.compilers) / recent;
      if (interval.isWarm(
          Duration.ofMillis(sample.millis - samples.get(0).millis), sample.own, share)) {
        return OptionalLong.of(sample.millis);
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed && process.isAlive()) {
        note();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note() throws IOException {
    double own = 0;
    try (Stream<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants())) {
      for (ProcessHandle each : all.toList()) {
        own += noteProcess(Path.of("/proc/" + each.pid()));
      }
    }
    double[] system = ofCore(Cores.SYSTEM);
    double[] servers = ofCore(Cores.SERVERS);
    synchronized (this) {
      samples.add(
          new Sample(
              System.currentTimeMillis(),
              own,
              compilers.values().stream().mapToDouble(seconds -> seconds).sum(),
              system[0],
              system[1],
              servers[0]));
    }
  }

  /** What it has used; what one that has ended had used is counted by its parent. */
  private double noteProcess(Path folder) {
    try {
      noteCompilers(folder);
      return seconds(folder, OWN_TIME) + seconds(folder, CHILDREN_TIME);
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  /** Compiler threads come and go; what one had used when it was last seen stays. */
  private void noteCompilers(Path process) throws IOException {
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      for (Path thread : threads.toList()) {
        if (!otherThreads.contains(thread)) {
          noteThread(thread);
        }
      }
    }
  }

  private void noteThread(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      if (isCompiler(name)) {
        compilers.put(thread, seconds(thread, OWN_TIME));
      } else if (!name.startsWith(YET_UNNAMED)) {
        otherThreads.add(thread);
      }
    } catch (IOException ended) {
      // Between the listing and the reading.
    }
  }

  private static boolean isCompiler(String name) {
    return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
  }

  /** As the two fields of its stat say: in user mode and in the kernel. */
  private static double seconds(Path processOrThread, int field) throws IOException {
    String stat = Files.readString(processOrThread.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS_PER_SECOND;
  }

  /** Seconds in use and seconds taken by the host. */
  private static double[] ofCore(int core) throws IOException {
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
    Sample before = samples.get(0);
    for (Sample after : samples) {
      if (after.millis >= millis) {
        double share =
            after.millis == before.millis
                ? 0
                : Math.max(0, (double) (millis - before.millis) / (after.millis - before.millis));
        return before.combined(after, millis, (from, to) -> from + share * (to - from));
      }
      before = after;
    }
    return before;
  }
}
