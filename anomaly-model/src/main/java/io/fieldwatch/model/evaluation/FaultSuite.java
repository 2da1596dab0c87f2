package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultInjector;
import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.recording.Windows;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Puts faults into copies of normal series, of one size after the other, and looks which a model
 * finds.
 *
 * @param verdict over all copies with faults of mixed sizes, through which the model passes from
 *     beginning to end and so learns from each fault before it meets the next
 * @param recalls by kind and size, of each fault as if it were the first
 */
public record FaultSuite(Verdict verdict, List<Recall> recalls) {
  /** The sizes, in robust deviations of the series. */
  public static final List<Double> MAGNITUDES = List.of(1.0, 2.0, 3.0, 5.0, 8.0);

  private static final double LEAST = 1;
  private static final double GREATEST = 12;
  private static final int YOUNG_ROWS = 600;

  /** Behind a fault the series comes back, which is a change too, and nobody's fault. */
  private static final int UNJUDGED_WINDOWS = 60;

  private static final int GRACE_WINDOWS = 2;

  /**
   * What was found of the faults of one kind and size.
   *
   * @param magnitude 0 for kinds without
   * @param medianDelayWindows time from the first window of the fault to the first that is flagged,
   *     in lengths of a window, of those found; -1 where none was
   */
  public record Recall(
      FaultKind kind, double magnitude, int faults, int found, int medianDelayWindows) {
    /** The share that was found; 0 without faults. */
    public double share() {
      return faults == 0 ? 0 : found / (double) faults;
    }
  }

  public FaultSuite {
    recalls = List.copyOf(recalls);
  }

  /** Runs the suite over every sensor that has readings. */
  public static FaultSuite of(
      List<Table> normal, Model model, OptionalLong windowMillis, long seed) {
    List<Series> series = new ArrayList<>();
    normal.forEach(table -> addSeries(table, series));
    ModelDetector detector = ModelDetector.of(model, windowMillis);
    Run mixed = new Run(detector, model, new Sizes(seed, LEAST, GREATEST), windowMillis);
    List<Judged> judged = series.parallelStream().map(one -> mixed.copy(one).judged()).toList();
    List<Recall> recalls = new ArrayList<>();
    for (double magnitude : MAGNITUDES) {
      Run run = new Run(detector, model, new Sizes(seed, magnitude, magnitude), windowMillis);
      recalls.addAll(recalls(magnitude, series.parallelStream().map(run::delays).toList()));
    }
    return new FaultSuite(Verdict.of(judged), recalls);
  }

  private static List<Recall> recalls(
      double magnitude, List<Map<FaultKind, List<Integer>>> series) {
    List<Recall> recalls = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      if (kind.hasMagnitude() || magnitude == MAGNITUDES.get(0)) {
        List<Integer> all = new ArrayList<>();
        series.forEach(delays -> all.addAll(delays.getOrDefault(kind, List.of())));
        List<Integer> found = all.stream().filter(delay -> delay >= 0).sorted().toList();
        recalls.add(
            new Recall(
                kind,
                kind.hasMagnitude() ? magnitude : 0,
                all.size(),
                found.size(),
                found.isEmpty() ? -1 : found.get(found.size() / 2)));
      }
    }
    return recalls;
  }

  /** A table's sensors; rows whose time goes back are left out. */
  private static void addSeries(Table table, List<Series> all) {
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
  }

  private record Sizes(long seed, double least, double greatest) {}

  private record Run(ModelDetector detector, Model model, Sizes sizes, OptionalLong windowMillis) {
    Copy copy(Series series) {
      FaultySeries faulty = inject(series);
      Series copy = faulty.series();
      double[] scores =
          detector.scores(
              new Table(
                  copy.device(),
                  List.of(copy.sensor()),
                  copy.timesMillis(),
                  new double[][] {copy.values()}));
      return new Copy(faulty, scores, model.threshold(), window(series), young(series));
    }

    /** For each fault how long its first flag takes, in windows; -1 where there is none. */
    Map<FaultKind, List<Integer>> delays(Series series) {
      long windowMillis = window(series);
      FaultySeries faulty = inject(series);
      List<WindowSummary> normal = detector.windows(series);
      List<WindowSummary> wrong = detector.windows(faulty.series());
      Map<FaultKind, List<Integer>> delays = new EnumMap<>(FaultKind.class);
      SeriesState before = SeriesState.initial();
      int nextNormal = 0;
      int nextWrong = 0;
      for (Fault fault : faulty.faults()) {
        long begin = begin(fault.startMillis());
        long end = fault.endMillis() + GRACE_WINDOWS * windowMillis;
        for (; starts(normal, nextNormal, begin); nextNormal++) {
          before = before.next(normal.get(nextNormal)).state();
        }
        while (starts(wrong, nextWrong, begin)) {
          nextWrong++;
        }
        int delay = -1;
        SeriesState state = before;
        for (; starts(wrong, nextWrong, end); nextWrong++) {
          WindowSummary window = wrong.get(nextWrong);
          SeriesState.Step step = state.next(window);
          if (delay < 0 && model.probability(step.features()) >= model.threshold()) {
            // By time: of a drop-out there may be no windows to count.
            delay = windowsBetween(begin, window.startMillis(), windowMillis);
          }
          state = step.state();
        }
        delays.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(delay);
      }
      return delays;
    }

    private static int windowsBetween(long begin, long end, long windowMillis) {
      return (int) Math.min(Integer.MAX_VALUE, (end - begin) / windowMillis);
    }

    private FaultySeries inject(Series series) {
      return new FaultInjector(sizes.seed(), window(series), sizes.least(), sizes.greatest())
          .inject(series, series.timesMillis()[young(series)]);
    }

    private static int young(Series series) {
      return Math.min(YOUNG_ROWS, series.values().length / 4);
    }

    private long window(Series series) {
      return Math.max(1, windowMillis.orElseGet(() -> usualInterval(series)));
    }

    /** The begin of the first window that a fault is in. */
    private long begin(long faultMillis) {
      return windowMillis.isPresent()
          ? Windows.startOf(faultMillis, windowMillis.getAsLong())
          : faultMillis;
    }

    /** Whether there is such a window and it starts before the instant. */
    private static boolean starts(List<WindowSummary> windows, int index, long beforeMillis) {
      return index < windows.size() && windows.get(index).startMillis() < beforeMillis;
    }

    private static long usualInterval(Series series) {
      long[] steps = new long[series.values().length - 1];
      Arrays.setAll(steps, i -> series.timesMillis()[i + 1] - series.timesMillis()[i]);
      Arrays.sort(steps);
      return steps[steps.length / 2];
    }
  }

  /** A copy with faults, and what the model thinks of it. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Copy(
      FaultySeries faulty, double[] scores, double threshold, long windowMillis, int young) {

    Judged judged() {
      long[] times = faulty.series().timesMillis();
      byte[] labels = new byte[times.length];
      for (Fault fault : faulty.faults()) {
        int begin = firstRow(fault.startMillis());
        int end = firstRow(fault.endMillis());
        int normal = firstRow(fault.endMillis() + UNJUDGED_WINDOWS * windowMillis);
        Arrays.fill(labels, begin, end, (byte) 1);
        Arrays.fill(labels, end, normal, (byte) -1);
      }
      return new Judged(faulty.series().name(), times, scores, labels, young, threshold);
    }

    /** At or after an instant; of equal times the first. */
    private int firstRow(long timeMillis) {
      long[] times = faulty.series().timesMillis();
      int found = Arrays.binarySearch(times, timeMillis);
      int row = found < 0 ? -found - 1 : found;
      while (row > 0 && row < times.length && times[row - 1] >= timeMillis) {
        row--;
      }
      return row;
    }
  }
}
