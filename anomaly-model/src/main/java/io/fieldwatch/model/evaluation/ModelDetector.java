package io.fieldwatch.model.evaluation;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;

/**
 * Scores rows with a model, by the same causal pass as the stream job: each reading is a window of
 * its series. A row's score is the greatest probability of its sensors; 0 for a row without
 * readings.
 */
public final class ModelDetector implements Detector {
  private final Model model;

  public ModelDetector(Model model) {
    this.model = requireNonNull(model, "model is null");
  }

  @Override
  public double[] scores(Table table) {
    double[] scores = new double[table.rows()];
    for (int sensor = 0; sensor < table.sensors().size(); sensor++) {
      score(table.timesMillis(), table.values(sensor), scores);
    }
    return scores;
  }

  private void score(long[] timesMillis, double[] values, double[] scores) {
    RowWindows windows = new RowWindows();
    SeriesState state = SeriesState.initial();
    for (int row = 0; row < values.length; row++) {
      if (!Double.isNaN(values[row])) {
        SeriesState.Step step = state.next(windows.next(timesMillis[row], values[row]));
        scores[row] = Math.max(scores[row], model.probability(step.features()));
        state = step.state();
      }
    }
  }
}
