package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Table;
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

  /** Behind a fault the series comes back, which is a change too, and nobody's fault. */
  private static final int UNJUDGED_WINDOWS = 60;

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
    List<Series> series =
        normal.stream().flatMap(table -> Injection.series(table).stream()).toList();
    ModelDetector detector = ModelDetector.of(model, windowMillis);
    Run mixed = new Run(model, new Injection(detector, windowMillis, seed, LEAST, GREATEST));
    List<Judged> judged = series.parallelStream().map(one -> mixed.copy(one).judged()).toList();
    List<Recall> recalls = new ArrayList<>();
    for (double size : MAGNITUDES) {
      Run run = new Run(model, new Injection(detector, windowMillis, seed, size, size));
      recalls.addAll(recalls(size, series.parallelStream().map(run::delays).toList()));
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

  private record Run(Model model, Injection injection) {
    Copy copy(Series series) {
      FaultySeries faulty = injection.inject(series);
      Series copy = faulty.series();
      double[] scores =
          injection
              .detector()
              .scores(
                  new Table(
                      copy.device(),
                      List.of(copy.sensor()),
                      copy.timesMillis(),
                      new double[][] {copy.values()}));
      return new Copy(
          faulty, scores, model.threshold(), injection.window(series), Injection.young(series));
    }

    /** For each fault how long its first flag takes, in windows; -1 where there is none. */
    Map<FaultKind, List<Integer>> delays(Series series) {
      long windowMillis = injection.window(series);
      FaultySeries faulty = injection.inject(series);
      List<Period> periods = injection.periods(faulty, windowMillis);
      int[] delays = new int[periods.size()];
      Arrays.fill(delays, -1);
      injection.through(
          series,
          faulty,
          periods,
          (fault, startMillis, features) -> {
            if (delays[fault] < 0 && model.probability(features) >= model.threshold()) {
              // By time: of a drop-out there may be no windows to count.
              long millis = startMillis - periods.get(fault).fromMillis();
              delays[fault] = (int) Math.min(Integer.MAX_VALUE, millis / windowMillis);
            }
          });
      Map<FaultKind, List<Integer>> byKind = new EnumMap<>(FaultKind.class);
      for (int i = 0; i < delays.length; i++) {
        byKind
            .computeIfAbsent(faulty.faults().get(i).kind(), kind -> new ArrayList<>())
            .add(delays[i]);
      }
      return byKind;
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
