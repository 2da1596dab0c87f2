package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.fault.FaultySeries;
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

  /** For each fault of each sensor the features of its windows. */
  static List<double[][]> of(Labelled device, Injection injection) {
    FaultLessons lessons = new FaultLessons(injection, device);
    List<double[][]> stretches = new ArrayList<>();
    for (Series series : Injection.series(device.table())) {
      stretches.addAll(lessons.of(series));
    }
    return stretches;
  }

  private List<double[][]> of(Series series) {
    FaultySeries faulty = injection.inject(series);
    List<Period> periods = injection.periods(faulty, injection.window(series));
    List<List<double[]>> windows = new ArrayList<>();
    periods.forEach(period -> windows.add(new ArrayList<>()));
    injection.through(
        series,
        faulty,
        periods,
        (fault, startMillis, features) -> {
          if (isNormal(periods.get(fault))) {
            windows.get(fault).add(features);
          }
        });
    return windows.stream()
        .filter(stretch -> !stretch.isEmpty())
        .map(stretch -> stretch.toArray(new double[0][]))
        .toList();
  }

  private boolean isNormal(Period period) {
    int found = Arrays.binarySearch(otherTimes, period.fromMillis());
    int next = found < 0 ? -found - 1 : found;
    return next == otherTimes.length || otherTimes[next] >= period.toMillis();
  }
}
