package io.fieldwatch.model.recording;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes up normal series of the kinds that sensors give, from a seed. */
public final class NormalDays {
  /** 2026-01-01T00:00:00Z. */
  public static final long START = 1_767_225_600_000L;

  private NormalDays() {}

  /** The ways a sensor behaves. */
  public enum Kind {
    /** A level with white noise. */
    NOISE,
    /** A daily wave with noise that remembers. */
    WAVE,
    /** A random walk that returns to its level. */
    WANDER,
    /** Steps of one quantum, often the same value for long. */
    QUANTA,
    /** Mostly low with busy stretches, as a load. */
    BURSTS
  }

  /** One series of a device, a reading each interval. */
  public static Series series(
      String device, Kind kind, long seed, int readings, long intervalMillis) {
    Random random = new Random(seed);
    long[] times = new long[readings];
    double[] values = new double[readings];
    double memory = 0;
    double busy = 0;
    double period = 86_400_000.0 * (0.1 + random.nextDouble());
    double level = 20 + 30 * random.nextDouble();
    for (int i = 0; i < readings; i++) {
      times[i] = START + i * intervalMillis;
      double noise = random.nextGaussian();
      memory = 0.95 * memory + 0.3 * noise;
      if (random.nextInt(600) == 0) {
        busy = busy > 0 ? 0 : 5 + random.nextDouble();
      }
      double wave = 5 * Math.sin(2 * Math.PI * i * intervalMillis / period);
      values[i] =
          switch (kind) {
            case NOISE -> level + noise;
            case WAVE -> level + wave + memory;
            case WANDER -> level + 3 * memory + 0.3 * random.nextGaussian();
            case QUANTA -> Math.rint(level + wave + 0.2 * noise);
            case BURSTS -> Math.max(0, 1 + busy + 0.3 * noise);
          };
    }
    return new Series(device, kind.name().toLowerCase(Locale.ROOT), times, values);
  }

  /** A file for each device, with one sensor of each of the kinds. */
  public static void write(Path folder, List<Kind> kinds, int devices, int readings, long seed)
      throws IOException {
    for (int device = 0; device < devices; device++) {
      String name = "device-%02d".formatted(device);
      List<Series> series = new ArrayList<>();
      for (Kind kind : kinds) {
        series.add(series(name, kind, seed + 100L * device + kind.ordinal(), readings, 1000));
      }
      write(folder.resolve(name + ".csv"), series);
    }
  }

  private static void write(Path file, List<Series> series) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.println("time," + String.join(",", series.stream().map(Series::sensor).toList()));
      for (int i = 0; i < series.get(0).values().length; i++) {
        StringBuilder line = new StringBuilder().append(series.get(0).timesMillis()[i]);
        for (Series s : series) {
          line.append(',').append(s.values()[i]);
        }
        out.println(line);
      }
    }
  }
}
