package io.fieldwatch.model.evaluation;

import java.util.List;

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
}
