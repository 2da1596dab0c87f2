package io.fieldwatch.benchmark.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The machine and how busy it was before anything was started.
 *
 * @param load its load average of the last minute
 * @param stealShare of all its time since it was started that its host took
 */
record Machine(int cores, String processor, double load, double stealShare) {
  private static final double BUSY = 0.5;
  private static final int STEAL = 7;

  static Machine look() throws IOException {
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    String[] times = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+");
    double all = Stream.of(times).skip(1).mapToDouble(Double::parseDouble).sum();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        Double.parseDouble(load),
        Double.parseDouble(times[1 + STEAL]) / all);
  }

  private static String processorName() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    }
  }

  /** Whether others are at work, who would be measured too. */
  boolean isBusy() {
    return load > BUSY;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d cores of %s, %s %s, Java %s, load before %.1f, steal %.1f %%",
        cores,
        processor,
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        load,
        100 * stealShare);
  }
}
