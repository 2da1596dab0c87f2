package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.scorer.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How good a model is on data it has not seen, as the model file says it. */
final class Metrics {
  private static final double CLEAR_MAGNITUDE = 5;
  private static final double SMALL_MAGNITUDE = 3;

  private Metrics() {}

  static Map<String, Object> of(Model model, List<Track> normal, List<Outcome> outcomes) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("deviceDays", rounded(AlarmBudget.deviceDays(normal)));
    metrics.put(
        "falseAlarmsPerDeviceDay",
        rounded(AlarmBudget.alarmsPerDeviceDay(normal, model.threshold())));
    metrics.put("faults", outcomes.size());
    metrics.put("recall", recall(outcomes, o -> true));
    Map<String, Object> byKind = new LinkedHashMap<>();
    for (FaultKind kind : FaultKind.values()) {
      byKind.put(kind.label(), recall(outcomes, o -> o.fault().kind() == kind));
    }
    metrics.put("recallByFault", byKind);
    metrics.put("recallFrom3Deviations", recallByMagnitude(outcomes, SMALL_MAGNITUDE));
    metrics.put("recallFrom5Deviations", recallByMagnitude(outcomes, CLEAR_MAGNITUDE));
    metrics.put("recallAt3Deviations", recall(outcomes, o -> isAbout(o, SMALL_MAGNITUDE)));
    metrics.put("medianDelayWindows", medianDelay(outcomes));
    metrics.put(
        "medianDelayWindowsOf5DeviationShift",
        medianDelay(
            outcomes.stream()
                .filter(o -> o.fault().kind() == FaultKind.SHIFT && isAbout(o, CLEAR_MAGNITUDE))
                .toList()));
    return metrics;
  }

  private static Map<String, Object> recallByMagnitude(List<Outcome> outcomes, double from) {
    Map<String, Object> byKind = new LinkedHashMap<>();
    for (FaultKind kind : FaultKind.values()) {
      if (kind.hasMagnitude()) {
        byKind.put(
            kind.label(),
            recall(outcomes, o -> o.fault().kind() == kind && o.fault().magnitude() >= from));
      }
    }
    return byKind;
  }

  private static boolean isAbout(Outcome outcome, double magnitude) {
    return Math.abs(outcome.fault().magnitude() - magnitude) <= magnitude / 6;
  }

  /** The share of the faults that was found; -1 where there were none. */
  static double recall(List<Outcome> outcomes, Predicate<Outcome> which) {
    List<Outcome> chosen = outcomes.stream().filter(which).toList();
    if (chosen.isEmpty()) {
      return -1;
    }
    return rounded(chosen.stream().filter(Outcome::found).count() / (double) chosen.size());
  }

  /** Of the faults that were found; -1 where none was. */
  private static int medianDelay(List<Outcome> outcomes) {
    int[] delays =
        outcomes.stream().filter(Outcome::found).mapToInt(Outcome::delayWindows).sorted().toArray();
    return delays.length == 0 ? -1 : delays[delays.length / 2];
  }

  static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
