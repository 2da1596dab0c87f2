package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What faults teach that are put into the normal stretches of a labelled device: what an anomaly
 * may look like that nobody has labelled yet. A fault of which a window lies beside rows that are
 * anomalous, or not judged, teaches nothing.
 */
final class FaultLessons {
  private final Injection injection;

  /** When there are rows that are not normal, ascending. */
  private final long[] otherTimes;

  private final List<double[][]> ofSeries = new ArrayList<>();
  private final List<double[][]> ofDevice = new ArrayList<>();

  private FaultLessons(Injection injection, Labelled device) {
    this.injection = injection;
    this.otherTimes = otherTimes(device);
  }

  private static long[] otherTimes(Labelled device) {
    long[] times = new long[device.labels().length];
    int count = 0;
    for (int row = 0; row < times.length; row++) {
      if (row < device.from() || device.labels()[row] != 0) {
        times[count++] = device.table().timesMillis()[row];
      }
    }
    long[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Puts faults into each sensor, one sensor at a time. */
  static FaultLessons of(Labelled device, Injection injection) {
    FaultLessons lessons = new FaultLessons(injection, device);
    Injection.members(device.table()).forEach(lessons::add);
    return lessons;
  }

  private void add(Injection.Member member) {
    Series series = member.series();
    FaultySeries faulty = injection.inject(series);
    List<Period> periods = injection.periods(faulty, injection.window(series));
    Stretched own = new Stretched(periods);
    injection.through(series, faulty, periods, own::add);
    ofSeries.addAll(own.stretches());
    Stretched together = new Stretched(periods);
    injection.throughTogether(
        member,
        faulty,
        periods,
        (fault, startMillis, features) -> {
          if (FeatureNames.areOfDevice(features)) {
            together.add(fault, startMillis, features);
          }
        });
    ofDevice.addAll(together.stretches());
  }

  /** For each fault of each sensor the features of the sensor's windows. */
  List<double[][]> ofSeries() {
    return ofSeries;
  }

  /** For each fault of each sensor the features of the windows of all sensors together. */
  List<double[][]> ofDevice() {
    return ofDevice;
  }

  /** The windows of faults, by fault. */
  private final class Stretched {
    private final List<Period> periods;
    private final List<List<double[]>> windows = new ArrayList<>();

    Stretched(List<Period> periods) {
      this.periods = periods;
      periods.forEach(period -> windows.add(new ArrayList<>()));
    }

    void add(int fault, long startMillis, double[] features) {
      if (isNormal(periods.get(fault))) {
        windows.get(fault).add(features);
      }
    }

    List<double[][]> stretches() {
      return windows.stream()
          .filter(stretch -> !stretch.isEmpty())
          .map(stretch -> stretch.toArray(new double[0][]))
          .toList();
    }
  }

  private boolean isNormal(Period period) {
    int found = Arrays.binarySearch(otherTimes, period.fromMillis());
    int next = found < 0 ? -found - 1 : found;
    return next == otherTimes.length || otherTimes[next] >= period.toMillis();
  }
}
