package io.fieldwatch.model.evaluation;

import static java.util.Objects.requireNonNull;

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
import java.util.stream.Collectors;

/**
 * Scores rows with a model, by the same causal pass as the stream job. A row's score is the
 * greatest probability of its sensors, and of all of them together where there are several and the
 * model scores them so; 0 before the first window and for a row without readings.
 */
public final class ModelDetector implements Detector {
  private static final int EXPLAINED = 3;

  private final Model model;
  private final OptionalLong lengthMillis;

  private ModelDetector(Model model, OptionalLong lengthMillis) {
    this.model = requireNonNull(model, "model is null");
    this.lengthMillis = lengthMillis;
  }

  /** Each reading is a window of its series. */
  public static ModelDetector ofRows(Model model) {
    return new ModelDetector(model, OptionalLong.empty());
  }

  /**
   * Readings are put together into windows; a row has the score of the latest window that was
   * complete when it came.
   */
  public static ModelDetector ofWindows(Model model, long lengthMillis) {
    if (lengthMillis < 1) {
      throw new IllegalArgumentException("Invalid window " + lengthMillis + " ms: must be above 0");
    }
    return new ModelDetector(model, OptionalLong.of(lengthMillis));
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
    Scored scored = nothing(table);
    for (int sensor = 0; sensor < table.sensors().size(); sensor++) {
      score(ofSensor(table, sensor), scored);
    }
    scoreTogether(table, scored);
    return scored;
  }

  /** As {@link #scores}, by one of the sensors and all together. */
  double[] scores(Table table, int sensor) {
    Scored scored = nothing(table);
    score(ofSensor(table, sensor), scored);
    scoreTogether(table, scored);
    return scored.probabilities();
  }

  private static Scored nothing(Table table) {
    String[] reasons = new String[table.rows()];
    Arrays.fill(reasons, "");
    return new Scored(new double[table.rows()], reasons);
  }

  private void scoreTogether(Table table, Scored scored) {
    if (model.scoresTogether()) {
      ofDevice(table).ifPresent(pass -> score(pass, scored));
    }
  }

  private void score(Pass pass, Scored scored) {
    int rows = scored.reasons().length;
    PassScores scores = new PassScores(pass, rows);
    String[] reasons = new String[rows];
    pass.forEach(
        window -> {
          double probability = model.probability(window.features());
          scores.complete(window.row(), probability);
          reasons[window.row()] =
              probability >= model.threshold() ? reason(pass.name(), window) : "";
        });
    scores.raise(
        scored.probabilities(), (row, completing) -> scored.reasons()[row] = reasons[completing]);
  }

  private String reason(String name, Pass.RowFeatures window) {
    String shares =
        model.explain(window.features(), EXPLAINED).stream()
            .filter(contribution -> contribution.share() > 0)
            .sorted(Comparator.comparingDouble((Model.Contribution c) -> -c.share()))
            .map(c -> String.format(Locale.ROOT, "%s %s %.2f", name, c.feature(), c.share()))
            .collect(Collectors.joining(" + "));
    return shares.isEmpty() || window.suspects().isEmpty()
        ? shares
        : shares + " (" + String.join(", ", window.suspects()) + ")";
  }

  /** The windows that are complete within a series. */
  List<WindowSummary> windows(Series series) {
    WindowCutter cutter = cutter();
    List<WindowSummary> windows = new ArrayList<>();
    for (int i = 0; i < series.values().length; i++) {
      cutter
          .next(i, series.timesMillis()[i], series.values()[i])
          .ifPresent(cut -> windows.add(cut.window()));
    }
    return windows;
  }

  /** A sensor's way through a table. */
  Pass ofSensor(Table table, int sensor) {
    return Pass.ofSensor(table, sensor, cutter());
  }

  /** The way of all sensors together; none where there is one only. */
  Optional<Pass> ofDevice(Table table) {
    if (table.sensors().size() < 2) {
      return Optional.empty();
    }
    InstantCutter cutter =
        lengthMillis.isPresent()
            ? InstantCutter.ofWindows(table, lengthMillis.getAsLong())
            : InstantCutter.ofRows(table);
    return Optional.of(Pass.ofDevice(table, cutter));
  }

  private WindowCutter cutter() {
    return lengthMillis.isPresent()
        ? new LengthWindows(lengthMillis.getAsLong())
        : new RowWindows();
  }
}
