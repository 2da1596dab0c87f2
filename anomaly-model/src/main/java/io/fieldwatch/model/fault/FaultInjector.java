package io.fieldwatch.model.fault;

import io.fieldwatch.model.recording.Series;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts faults into a copy of a series, one after the other with quiet between them. What it does
 * depends on the series' name and the seed only.
 *
 * <p>Sizes are in robust deviations of the series: 1.4826 times the median distance of its values
 * from the median of their 30 windows.
 *
 * @param seed of all that is random
 * @param windowMillis the length of a window, in which lengths and pauses are measured
 * @param leastMagnitude of shifts, drifts, spikes and noise, in robust deviations
 * @param greatestMagnitude likewise; sizes between the two are log-uniform
 */
public record FaultInjector(
    long seed, long windowMillis, double leastMagnitude, double greatestMagnitude)
    implements Serializable {
  private static final int QUIET_WINDOWS = 60;
  private static final int MIDDLE_WINDOWS = 30;
  private static final int RAMP_WINDOWS = 10;
  private static final int SPIKE_READINGS = 3;

  public FaultInjector {
    if (windowMillis < 1) {
      throw new IllegalArgumentException("Invalid window length " + windowMillis + " ms");
    }
    if (!(leastMagnitude > 0 && greatestMagnitude >= leastMagnitude)) {
      throw new IllegalArgumentException(
          "Invalid magnitudes %s to %s: must ascend from above 0"
              .formatted(leastMagnitude, greatestMagnitude));
    }
  }

  /**
   * Copies the series and puts faults into the copy.
   *
   * @param fromMillis no fault begins before, so that the series has a past
   */
  public FaultySeries inject(Series series, long fromMillis) {
    SplittableRandom random = new SplittableRandom(seed ^ spread(series.name()));
    Work work = new Work(series, random);
    long end =
        series.timesMillis().length == 0
            ? Long.MIN_VALUE
            : series.timesMillis()[series.timesMillis().length - 1];
    long start = fromMillis + random.nextLong(QUIET_WINDOWS * windowMillis);
    while (start < end) {
      start = work.inject(start, end) + pause(random);
    }
    return work.result();
  }

  private long pause(SplittableRandom random) {
    return windowMillis * random.nextLong(QUIET_WINDOWS, 2 * QUIET_WINDOWS);
  }

  /** Neighbouring names must not get neighbouring seeds. */
  private static long spread(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The copy on its way. */
  private final class Work {
    private final Series series;
    private final SplittableRandom random;
    private final double deviation;
    private final double[] values;
    private final boolean[] gone;
    private final List<Fault> faults = new ArrayList<>();

    Work(Series series, SplittableRandom random) {
      this.series = series;
      this.random = random;
      this.deviation = RobustDeviation.of(series, MIDDLE_WINDOWS * windowMillis);
      this.values = series.values().clone();
      this.gone = new boolean[values.length];
    }

    /** Puts in one fault, and returns the instant it ends. */
    long inject(long wantedStart, long seriesEnd) {
      FaultKind[] kinds = FaultKind.values();
      FaultKind kind = kinds[random.nextInt(kinds.length)];
      double magnitude = logUniform(leastMagnitude, greatestMagnitude);
      int from = indexAt(wantedStart);
      long start = series.timesMillis()[from];
      long wantedEnd = start + lengthMillis(kind);
      if (wantedEnd >= seriesEnd || (kind.hasMagnitude() && deviation == 0)) {
        return wantedEnd;
      }
      int to =
          kind == FaultKind.SPIKE
              ? Math.min(values.length - 1, from + 1 + random.nextInt(SPIKE_READINGS))
              : indexAt(wantedEnd);
      change(kind, magnitude * deviation, from, to);
      long end = series.timesMillis()[to];
      if (end > start) {
        faults.add(new Fault(kind, kind.hasMagnitude() ? magnitude : 0, start, end));
      }
      return Math.max(end, wantedEnd);
    }

    private long lengthMillis(FaultKind kind) {
      double windows =
          switch (kind) {
            case SPIKE -> 1;
            case DRIFT -> logUniform(20, 120);
            case SHIFT, STUCK, NOISE, DROP_OUT, SWAP, AMPLITUDE -> logUniform(3, 60);
          };
      return Math.round(windows * windowMillis);
    }

    private void change(FaultKind kind, double size, int from, int to) {
      double sign = random.nextInt(2) == 0 ? -1 : 1;
      double keep = Math.max(0, random.nextDouble() - 0.5);
      double ramp = random.nextInt(2) == 0 ? 0 : random.nextDouble() * RAMP_WINDOWS * windowMillis;
      long start = series.timesMillis()[from];
      double length = series.timesMillis()[to] - start;
      double growth = sign > 0 ? 1 + size / deviation : 1 / (1 + size / deviation);
      double middle = Arrays.stream(values, from, to).average().orElse(0);
      int back = 1 + random.nextInt(Math.max(1, from));
      for (int i = from; i < to; i++) {
        double age = series.timesMillis()[i] - start;
        double onset = age < ramp ? age / ramp : 1;
        switch (kind) {
          case SPIKE -> values[i] += sign * size;
          case SHIFT -> values[i] += sign * size * onset;
          case DRIFT -> values[i] += sign * size * (age / length);
          case STUCK -> values[i] = values[Math.max(0, from - 1)];
          case NOISE -> values[i] += size * onset * random.nextGaussian();
          case DROP_OUT -> gone[i] = random.nextDouble() >= keep;
          case SWAP -> values[i] = series.values()[Math.max(0, i - back)];
          case AMPLITUDE -> values[i] = middle + (values[i] - middle) * (1 + (growth - 1) * onset);
        }
      }
    }

    /** The first reading at or after the instant, or the last one. */
    private int indexAt(long timeMillis) {
      int found = Arrays.binarySearch(series.timesMillis(), timeMillis);
      return Math.min(values.length - 1, found < 0 ? -found - 1 : found);
    }

    private double logUniform(double from, double to) {
      return from * Math.pow(to / from, random.nextDouble());
    }

    private static double finite(double value) {
      return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    FaultySeries result() {
      int length = 0;
      long[] times = new long[values.length];
      double[] left = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        if (!gone[i]) {
          times[length] = series.timesMillis()[i];
          left[length++] = finite(values[i]);
        }
      }
      Series copy =
          new Series(
              series.device(),
              series.sensor(),
              Arrays.copyOf(times, length),
              Arrays.copyOf(left, length));
      return new FaultySeries(copy, faults);
    }
  }
}
