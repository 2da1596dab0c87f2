package io.fieldwatch.stream.device;

import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.window.WindowSpec;
import java.util.List;

/**
 * What a model says of a window's features.
 *
 * @param event the running event as it is after the window
 */
record Judgement(ScoredWindow window, Emission.Event event) {
  /**
   * Judges the next window of a series, or of a device.
   *
   * @param suspects as {@link ScoredWindow#suspects}
   * @param emission by what the window raises an alarm
   * @param before the event that was running
   */
  static Judgement of(
      WindowSpec spec,
      long startMillis,
      double[] features,
      List<String> suspects,
      Model model,
      Emission emission,
      Emission.Event before) {
    double probability = model.probability(features);
    Emission.Step emitted =
        emission.next(before, startMillis, spec.lengthMillis(), probability, model.threshold());
    boolean isFlagged = probability >= model.threshold();
    return new Judgement(
        new ScoredWindow(
            spec, startMillis, features, suspects, probability, isFlagged, emitted.alarms()),
        emitted.event());
  }
}
