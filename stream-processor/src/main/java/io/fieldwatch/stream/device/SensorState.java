package io.fieldwatch.stream.device;

import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.stream.window.WindowAggregate;
import io.fieldwatch.stream.window.WindowSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The windows of one sensor, open and revisable, and the statistics its scores are made of. Owned
 * like {@link WindowAggregate}.
 */
final class SensorState {
  private static final WindowAggregate[] NO_WINDOWS = {};

  private final Object owner;
  private final String name;
  private String unit;

  /** For each window length its windows, ascending by start. */
  private final WindowAggregate[][] windows;

  private SeriesState series;
  private long lastScoredStart;

  SensorState(Object owner, String name, int lengths) {
    this(owner, name, "", new WindowAggregate[lengths][], SeriesState.initial(), Long.MIN_VALUE);
    Arrays.fill(windows, NO_WINDOWS);
  }

  private SensorState(
      Object owner,
      String name,
      String unit,
      WindowAggregate[][] windows,
      SeriesState series,
      long lastScoredStart) {
    this.owner = owner;
    this.name = name;
    this.unit = unit;
    this.windows = windows;
    this.series = series;
    this.lastScoredStart = lastScoredStart;
  }

  SensorState ownedBy(Object newOwner) {
    if (owner == newOwner) {
      return this;
    }
    WindowAggregate[][] rows = new WindowAggregate[windows.length][];
    Arrays.setAll(rows, i -> windows[i].clone());
    return new SensorState(newOwner, name, unit, rows, series, lastScoredStart);
  }

  boolean isOwnedBy(Object candidate) {
    return owner == candidate;
  }

  String name() {
    return name;
  }

  String unit() {
    return unit;
  }

  void announceUnit(String announced) {
    if (!announced.isEmpty()) {
      unit = announced;
    }
  }

  /** The window of a length that holds an instant, made if there is none; it may be changed. */
  WindowAggregate windowAt(int lengthIndex, WindowSpec length, long timeMillis) {
    WindowAggregate[] row = windows[lengthIndex];
    long start = length.lastStartOf(timeMillis);
    int next = row.length;
    while (next > 0 && row[next - 1].startMillis() > start) {
      next--;
    }
    if (next > 0 && row[next - 1].startMillis() == start) {
      row[next - 1] = row[next - 1].ownedBy(owner);
      return row[next - 1];
    }
    WindowAggregate[] grown = new WindowAggregate[row.length + 1];
    System.arraycopy(row, 0, grown, 0, next);
    grown[next] = new WindowAggregate(owner, length, start);
    System.arraycopy(row, next, grown, next + 1, row.length - next);
    windows[lengthIndex] = grown;
    return grown[next];
  }

  /**
   * Closes the windows that end at or before the watermark, in the order of their starts, and
   * forgets those that cannot be revised any more.
   *
   * @return the earliest end of a window still open, or {@link Long#MAX_VALUE}
   */
  long close(long watermark, long forgetBefore, SensorFindings findings) {
    long nextEnd = Long.MAX_VALUE;
    for (int i = 0; i < windows.length; i++) {
      WindowAggregate[] row = windows[i];
      for (int w = 0; w < row.length; w++) {
        if (row[w].isClosed()) {
          continue;
        }
        if (row[w].endMillis() > watermark) {
          nextEnd = Math.min(nextEnd, row[w].endMillis());
          continue;
        }
        row[w] = row[w].ownedBy(owner);
        row[w].close();
        findings.closed(row[w]);
        if (i == 0) {
          score(row[w], findings);
        }
      }
      windows[i] = from(row, forgetBefore);
    }
    return nextEnd;
  }

  /** Hands over the open windows that changed since they were last handed over. */
  void publishOpen(Consumer<WindowAggregate> output) {
    for (WindowAggregate[] row : windows) {
      for (int w = row.length - 1; w >= 0; w--) {
        if (!row[w].isClosed() && row[w].isUnpublished()) {
          row[w] = row[w].ownedBy(owner);
          output.accept(row[w]);
        }
      }
    }
  }

  int openWindows() {
    int open = 0;
    for (WindowAggregate[] row : windows) {
      for (WindowAggregate window : row) {
        open += window.isClosed() ? 0 : 1;
      }
    }
    return open;
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(name);
    out.writeUTF(unit);
    out.writeLong(lastScoredStart);
    series.write(out);
    for (WindowAggregate[] row : windows) {
      out.writeInt(row.length);
      for (WindowAggregate window : row) {
        window.write(out);
      }
    }
  }

  static SensorState read(DataInput in, List<WindowSpec> lengths) throws IOException {
    String name = in.readUTF();
    String unit = in.readUTF();
    long lastScoredStart = in.readLong();
    SeriesState series = SeriesState.read(in);
    WindowAggregate[][] rows = new WindowAggregate[lengths.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new WindowAggregate[in.readInt()];
      for (int w = 0; w < rows[i].length; w++) {
        rows[i][w] = WindowAggregate.read(in, lengths.get(i));
      }
    }
    return new SensorState(new Object(), name, unit, rows, series, lastScoredStart);
  }

  /** What closing a sensor's windows gives rise to. */
  interface SensorFindings {
    void closed(WindowAggregate window);

    void features(WindowAggregate window, double[] features);
  }

  /**
   * A window that a straggler opened behind the last scored one would turn the series' time back.
   */
  private void score(WindowAggregate window, SensorFindings findings) {
    if (window.startMillis() <= lastScoredStart || !isSummarizable(window)) {
      return;
    }
    SeriesState.Step step =
        series.next(
            new WindowSummary(
                window.startMillis(),
                window.length().lengthMillis(),
                window.count(),
                window.mean(),
                window.min(),
                window.max(),
                window.stddev(),
                window.first(),
                window.last()));
    series = step.state();
    lastScoredStart = window.startMillis();
    findings.features(window, step.features());
  }

  /** Values near the ends of the double range overflow the sum of squares. */
  private static boolean isSummarizable(WindowAggregate window) {
    return Double.isFinite(window.mean()) && Double.isFinite(window.stddev());
  }

  private static WindowAggregate[] from(WindowAggregate[] row, long forgetBefore) {
    int kept = 0;
    while (kept < row.length && row[kept].isClosed() && row[kept].endMillis() <= forgetBefore) {
      kept++;
    }
    return kept == 0 ? row : Arrays.copyOfRange(row, kept, row.length);
  }
}
