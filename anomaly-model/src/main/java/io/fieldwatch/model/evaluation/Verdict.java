package io.fieldwatch.model.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * How good a model is on labelled devices.
 *
 * @param curve precision and recall over all thresholds
 * @param flagged what the models' own thresholds reach
 * @param reliability of its probabilities
 * @param alarms at those thresholds
 * @param rowIndex the curve of a model that knows the number of the row only, for comparison
 */
public record Verdict(
    PrecisionRecall curve,
    PrecisionRecall.Point flagged,
    Reliability reliability,
    Alarms alarms,
    PrecisionRecall rowIndex) {
  /** Over all devices. */
  public static Verdict of(List<Judged> devices) {
    return new Verdict(
        PrecisionRecall.of(devices),
        PrecisionRecall.flagged(devices),
        Reliability.of(devices),
        Alarms.of(devices),
        PrecisionRecall.of(RowIndexModel.of(devices)));
  }

  /** Why figures would say nothing, as the end of a sentence; empty if they would. */
  public static Optional<String> whyNone(List<Judged> devices) {
    if (devices.isEmpty()) {
      return Optional.of("no file has a column of labels");
    }
    long judged = 0;
    long anomalous = 0;
    for (Judged device : devices) {
      for (int row = 0; row < device.labels().length; row++) {
        judged += device.counts(row) ? 1 : 0;
        anomalous += device.counts(row) && device.anomalous(row) ? 1 : 0;
      }
    }
    if (judged == 0) {
      return Optional.of("no row behind the training rows has a label of 0 or 1");
    }
    if (anomalous > 0 && anomalous < judged) {
      return Optional.empty();
    }
    return Optional.of(
        "all %d labels behind the training rows are %d".formatted(judged, anomalous == 0 ? 0 : 1));
  }
}
