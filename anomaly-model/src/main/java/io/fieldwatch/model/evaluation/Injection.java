package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultInjector;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.recording.Instants;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.recording.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * How faults are put into copies of series that are cut into windows of a length, or of a row each.
 *
 * @param detector cuts the windows
 * @param windowMillis the length of the windows; by row without
 * @param seed of all that is random
 * @param leastMagnitude in robust deviations of the series
 * @param greatestMagnitude likewise
 */
record Injection(
    ModelDetector detector,
    OptionalLong windowMillis,
    long seed,
    double leastMagnitude,
    double greatestMagnitude) {
  private static final int YOUNG_ROWS = 600;
  private static final int GRACE_WINDOWS = 2;

  /** A table's sensors that have readings; rows whose time goes back are left out. */
  private static List<Series> series(Table table) {
    List<Series> all = new ArrayList<>();
    for (int sensor = 0; sensor < table.sensors().size(); sensor++) {
      double[] values = table.values(sensor);
      long[] times = new long[values.length];
      double[] kept = new double[values.length];
      int count = 0;
      for (int row = 0; row < values.length; row++) {
        long time = table.timesMillis()[row];
        if (!Double.isNaN(values[row]) && (count == 0 || time >= times[count - 1])) {
          times[count] = time;
          kept[count++] = values[row];
        }
      }
      if (count > 1) {
        all.add(
            new Series(
                table.device(),
                table.sensors().get(sensor),
                Arrays.copyOf(times, count),
                Arrays.copyOf(kept, count)));
      }
    }
    return all;
  }

  /**
   * One of the sensors of a device.
   *
   * @param device all that have readings
   */
  record Member(List<Series> device, int place) {
    Series series() {
      return device.get(place);
    }

    boolean isAlone() {
      return device.size() < 2;
    }

    /** The device as it is with another series in this one's place. */
    List<Series> with(Series other) {
      List<Series> changed = new ArrayList<>(device);
      changed.set(place, other);
      return changed;
    }
  }

  /** Each of a table's sensors that have readings. */
  static List<Member> members(Table table) {
    List<Series> device = series(table);
    return IntStream.range(0, device.size()).mapToObj(i -> new Member(device, i)).toList();
  }

  /** So many rows at the head of a series hold no fault. */
  static int young(Series series) {
    return Math.min(YOUNG_ROWS, series.values().length / 4);
  }

  /** The length of the windows; of rows their usual interval. */
  long window(Series series) {
    return Math.max(1, windowMillis.orElseGet(() -> usualInterval(series)));
  }

  private static long usualInterval(Series series) {
    long[] steps = new long[series.values().length - 1];
    Arrays.setAll(steps, i -> series.timesMillis()[i + 1] - series.timesMillis()[i]);
    Arrays.sort(steps);
    return steps[steps.length / 2];
  }

  /** A copy with faults, the same each time. */
  FaultySeries inject(Series series) {
    return new FaultInjector(seed, window(series), leastMagnitude, greatestMagnitude)
        .inject(series, series.timesMillis()[young(series)]);
  }

  /**
   * For each fault the time in which windows start that it is in, or that follow it closely enough
   * for a flag to be meant for it.
   */
  List<Period> periods(FaultySeries faulty, long window) {
    List<Period> periods = new ArrayList<>();
    for (Fault fault : faulty.faults()) {
      long begin =
          windowMillis.isPresent()
              ? Windows.startOf(fault.startMillis(), windowMillis.getAsLong())
              : fault.startMillis();
      periods.add(new Period(begin, fault.endMillis() + GRACE_WINDOWS * window));
    }
    return periods;
  }

  /**
   * Hands over the windows of every fault as they are seen when that fault is the first.
   *
   * @param periods as {@link #periods} gives them: by time, not overlapping
   */
  void through(Series normal, FaultySeries faulty, List<Period> periods, Passage.FaultSink sink) {
    Passage.OF_A_SERIES.throughFaults(
        detector.windows(normal), detector.windows(faulty.series()), periods, sink);
  }

  /** As {@link #through}, with the windows of all sensors together; none where there is one. */
  void throughTogether(
      Member member, FaultySeries faulty, List<Period> periods, Passage.FaultSink sink) {
    if (!member.isAlone()) {
      Passage.OF_A_DEVICE.throughFaults(
          instants(member.device()), instants(member.with(faulty.series())), periods, sink);
    }
  }

  private List<JointWindow> instants(List<Series> device) {
    return Instants.of(
        device.stream().map(Series::sensor).toList(),
        device.stream().map(detector::windows).toList());
  }
}
