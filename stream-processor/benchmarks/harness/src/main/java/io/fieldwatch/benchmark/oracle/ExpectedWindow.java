package io.fieldwatch.benchmark.oracle;

import io.fieldwatch.benchmark.contract.WindowRecord;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one window must be. Collects values until it is it is settled, and forgets them then. Not
 * thread safe.
 */
public final class ExpectedWindow {
  private static final double RELATIVE = 1e-9;
  private static final double RANK_SHARE = 0.02;
  private static final int FEW = 64;
  private static final double[] NONE = {};
  private static final long NEVER = -1;

  private final long endMillis;
  private double[] values = new double[8];
  private int count;
  private double mean;
  private double stddev;
  private double min;
  private double max;
  private double p95;
  private double p95Low;
  private double p95High;
  private long dueByDevice = NEVER;
  private long dueByAll = NEVER;
  private int seenByRun;

  /** How near p95 has to be. */
  public enum P95 {
    /**
     * Interpolated as {@link WindowRecord} says where there are few values, as estimators keep them
     * all then; by rank where there are more than {@value ExpectedWindow#FEW}.
     */
    EXACT_OF_FEW,
    /** Between the values one rank and two per cent of the ranks below and above. */
    BY_RANK
  }

  ExpectedWindow(long endMillis) {
    this.endMillis = endMillis;
  }

  long endMillis() {
    return endMillis;
  }

  void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  void dueByDevice(long readings) {
    dueByDevice = readings;
  }

  void dueByAll(long readings) {
    dueByAll = readings;
  }

  /** No reading comes any more: the sums, straight from all values. */
  void settle() {
    Arrays.sort(values, 0, count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    mean = sum / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    stddev = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    min = values[0];
    max = values[count - 1];
    double position = 0.95 * (count - 1);
    int below = (int) position;
    int above = Math.min(below + 1, count - 1);
    p95 = values[below] + (position - below) * (values[above] - values[below]);
    double slack = 1 + RANK_SHARE * count;
    p95Low = values[(int) Math.max(0, Math.floor(position - slack))];
    p95High = values[(int) Math.min(count - 1, Math.ceil(position + slack))];
    // A value interpolated between two equal ones may differ from them in its last bit.
    double lastBits = RELATIVE * Math.max(Math.abs(p95Low), Math.abs(p95High));
    p95Low -= lastBits;
    p95High += lastBits;
    values = NONE;
  }

  /** Whether every definition of a watermark has closed it. */
  public boolean isDue() {
    return dueByDevice != NEVER && dueByAll != NEVER;
  }

  /** Whether every definition of a watermark has closed it by that position of the stream. */
  public boolean isDueBy(long position) {
    return isDue() && due() <= position;
  }

  /** At which position of the stream its device's own watermark passed its end. */
  public long dueByDevice() {
    return dueByDevice;
  }

  /** At which position of the stream each definition of a watermark had passed its end. */
  public long due() {
    return Math.max(dueByDevice, dueByAll);
  }

  /** Whether it is due at about the same position by any definition. */
  public boolean isPrompt(long within) {
    return isDue() && Math.abs(dueByDevice - dueByAll) <= within;
  }

  /**
   * Notes that a run has come to it.
   *
   * @param run greater than 0
   * @return whether it had not before
   */
  public boolean isNewTo(int run) {
    boolean isNew = seenByRun != run;
    seenByRun = run;
    return isNew;
  }

  /** Whether that run, and none since, has come to it. */
  public boolean isSeenBy(int run) {
    return seenByRun == run;
  }

  /** What is wrong with a record of this window; nothing if it is right. */
  public Optional<String> faultOf(WindowRecord found, P95 wanted) {
    if (found.count() != count) {
      return fault("count", found.count(), count);
    }
    if (found.min() != min) {
      return fault("min", found.min(), min);
    }
    if (found.max() != max) {
      return fault("max", found.max(), max);
    }
    if (!isNear(found.mean(), mean)) {
      return fault("mean", found.mean(), mean);
    }
    if (!isNear(found.stddev(), stddev)) {
      return fault("stddev", found.stddev(), stddev);
    }
    boolean right =
        switch (wanted) {
          case EXACT_OF_FEW -> count <= FEW ? isNear(found.p95(), p95) : isAboutRank(found.p95());
          case BY_RANK -> isAboutRank(found.p95());
        };
    return right ? Optional.empty() : fault("p95", found.p95(), p95);
  }

  private boolean isAboutRank(double found) {
    return found >= p95Low && found <= p95High;
  }

  private static boolean isNear(double found, double expected) {
    return Math.abs(found - expected) <= RELATIVE * Math.max(1e-3, Math.abs(expected));
  }

  private static Optional<String> fault(String what, Number found, Number expected) {
    return Optional.of("%s is %s, expected %s".formatted(what, found, expected));
  }
}
