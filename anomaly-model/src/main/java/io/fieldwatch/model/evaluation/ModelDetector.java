package io.fieldwatch.model.evaluation;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Scores rows with a model, by the same causal pass as the stream job. A row's score is the
 * greatest probability of its sensors; 0 before the first window and for a row without readings.
 */
public final class ModelDetector implements Detector {
  private static final int EXPLAINED = 3;

  private final Model model;
  private final Supplier<WindowCutter> cutters;

  private ModelDetector(Model model, Supplier<WindowCutter> cutters) {
    this.model = requireNonNull(model, "model is null");
    this.cutters = cutters;
  }

  /** Each reading is a window of its series. */
  public static ModelDetector ofRows(Model model) {
    return new ModelDetector(model, RowWindows::new);
  }

  /**
   * Readings are put together into windows; a row has the score of the latest window that was
   * complete when it came.
   */
  public static ModelDetector ofWindows(Model model, long lengthMillis) {
    if (lengthMillis < 1) {
      throw new IllegalArgumentException("Invalid window " + lengthMillis + " ms: must be above 0");
    }
    return new ModelDetector(model, () -> new LengthWindows(lengthMillis));
  }

  /** By rows where no length is given, else by windows. */
  public static ModelDetector of(Model model, OptionalLong lengthMillis) {
    return lengthMillis.isPresent() ? ofWindows(model, lengthMillis.getAsLong()) : ofRows(model);
  }

  /**
   * What a table's rows look like to the model.
   *
   * @param probabilities one a row, from 0 to 1
   * @param reasons one a row: what a flagged row's probability comes from, empty for others
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  public record Scored(double[] probabilities, String[] reasons) {}

  @Override
  public double[] scores(Table table) {
    return scored(table).probabilities();
  }

  /** Scores, and explains what the model would flag. */
  public Scored scored(Table table) {
    double[] probabilities = new double[table.rows()];
    String[] reasons = new String[table.rows()];
    Arrays.fill(reasons, "");
    for (int sensor = 0; sensor < table.sensors().size(); sensor++) {
      new Pass(table, sensor).score(probabilities, reasons);
    }
    return new Scored(probabilities, reasons);
  }

  /** The windows that are complete within a series. */
  List<WindowSummary> windows(Series series) {
    WindowCutter cutter = cutters.get();
    List<WindowSummary> windows = new ArrayList<>();
    for (int i = 0; i < series.values().length; i++) {
      cutter
          .next(i, series.timesMillis()[i], series.values()[i])
          .ifPresent(cut -> windows.add(cut.window()));
    }
    return windows;
  }

  /** The features of every window of a sensor that is complete within the table, in order. */
  List<RowFeatures> features(Table table, int sensor) {
    List<RowFeatures> all = new ArrayList<>();
    new Pass(table, sensor).forEach(all::add);
    return all;
  }

  /**
   * The features of a window.
   *
   * @param row of the table, that completed the window: its own where each row is a window, else
   *     the first of the next one
   * @param firstRow of its own readings
   * @param lastRow of its own readings
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  record RowFeatures(int row, int firstRow, int lastRow, double[] features) {}

  /** One sensor's way through a table. */
  private final class Pass {
    private final Table table;
    private final String sensor;
    private final double[] values;

    Pass(Table table, int sensor) {
      this.table = table;
      this.sensor = table.sensors().get(sensor);
      this.values = table.values(sensor);
    }

    void forEach(Consumer<RowFeatures> sink) {
      WindowCutter cutter = cutters.get();
      SeriesState state = SeriesState.initial();
      for (int row = 0; row < values.length; row++) {
        if (!Double.isNaN(values[row])) {
          Optional<WindowCutter.Cut> cut = cutter.next(row, table.timesMillis()[row], values[row]);
          if (cut.isPresent()) {
            SeriesState.Step step = state.next(cut.get().window());
            sink.accept(
                new RowFeatures(row, cut.get().firstRow(), cut.get().lastRow(), step.features()));
            state = step.state();
          }
        }
      }
    }

    void score(double[] probabilities, String[] reasons) {
      SensorScores scores = new SensorScores(values);
      String[] ownReasons = new String[values.length];
      forEach(
          window -> {
            double probability = model.probability(window.features());
            scores.complete(window.row(), probability);
            ownReasons[window.row()] =
                probability >= model.threshold() ? reason(window.features()) : "";
          });
      scores.raise(probabilities, (row, completing) -> reasons[row] = ownReasons[completing]);
    }

    private String reason(double[] features) {
      StringBuilder text = new StringBuilder();
      model.explain(features, EXPLAINED).stream()
          .filter(contribution -> contribution.share() > 0)
          .sorted(Comparator.comparingDouble((Model.Contribution c) -> -c.share()))
          .forEach(
              c ->
                  text.append(text.length() == 0 ? "" : " + ")
                      .append(sensor)
                      .append(' ')
                      .append(c.feature())
                      .append(String.format(Locale.ROOT, " %.2f", c.share())));
      return text.toString();
    }
  }
}
