package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.recording.Instants;
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
 * finds: in the series, or in all sensors of its device together.
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
    List<Injection.Member> series =
        normal.stream().flatMap(table -> Injection.members(table).stream()).toList();
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
    Copy copy(Injection.Member member) {
      Series series = member.series();
      FaultySeries faulty = injection.inject(series);
      List<Series> device =
          model.scoresTogether() ? member.with(faulty.series()) : List.of(faulty.series());
      Table table = table(device);
      double[] scores = injection.detector().scores(table, device.indexOf(faulty.series()));
      return new Copy(
          faulty,
          table.timesMillis(),
          scores,
          model.threshold(),
          injection.window(series),
          series.timesMillis()[Injection.young(series)]);
    }

    /** All readings of the series, a row for each time that any has. */
    private Table table(List<Series> device) {
      List<String> sensors = device.stream().map(Series::sensor).toList();
      ModelDetector byRow = ModelDetector.ofRows(model);
      List<JointWindow> rows = Instants.of(sensors, device.stream().map(byRow::windows).toList());
      double[][] values = new double[sensors.size()][rows.size()];
      for (double[] column : values) {
        Arrays.fill(column, Double.NaN);
      }
      for (int row = 0; row < rows.size(); row++) {
        JointWindow readings = rows.get(row);
        for (int i = 0; i < readings.means().length; i++) {
          values[sensors.indexOf(readings.sensors().get(i))][row] = readings.means()[i];
        }
      }
      long[] times = rows.stream().mapToLong(JointWindow::startMillis).toArray();
      return new Table(device.get(0).device(), sensors, times, values);
    }

    /** For each fault how long its first flag takes, in windows; -1 where there is none. */
    Map<FaultKind, List<Integer>> delays(Injection.Member member) {
      Series series = member.series();
      long windowMillis = injection.window(series);
      FaultySeries faulty = injection.inject(series);
      List<Period> periods = injection.periods(faulty, windowMillis);
      int[] delays = new int[periods.size()];
      Arrays.fill(delays, -1);
      Passage.FaultSink sink =
          (fault, startMillis, features) -> {
            if (model.probability(features) >= model.threshold()) {
              // By time: of a drop-out there may be no windows to count.
              long millis = startMillis - periods.get(fault).fromMillis();
              int delay = (int) Math.min(Integer.MAX_VALUE, millis / windowMillis);
              delays[fault] = delays[fault] < 0 ? delay : Math.min(delays[fault], delay);
            }
          };
      injection.through(series, faulty, periods, sink);
      if (model.scoresTogether()) {
        injection.throughTogether(member, faulty, periods, sink);
      }
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
      FaultySeries faulty,
      long[] times,
      double[] scores,
      double threshold,
      long windowMillis,
      long oldEnoughMillis) {

    Judged judged() {
      byte[] labels = new byte[times.length];
      for (Fault fault : faulty.faults()) {
        int begin = firstRow(fault.startMillis());
        int end = firstRow(fault.endMillis());
        int normal = firstRow(fault.endMillis() + UNJUDGED_WINDOWS * windowMillis);
        Arrays.fill(labels, begin, end, (byte) 1);
        Arrays.fill(labels, end, normal, (byte) -1);
      }
      return new Judged(
          faulty.series().name(), times, scores, labels, firstRow(oldEnoughMillis), threshold);
    }

    /** At or after an instant; of equal times the first. */
    private int firstRow(long timeMillis) {
      int found = Arrays.binarySearch(times, timeMillis);
      int row = found < 0 ? -found - 1 : found;
      while (row > 0 && row < times.length && times[row - 1] >= timeMillis) {
        row--;
      }
      return row;
    }
  }
}
