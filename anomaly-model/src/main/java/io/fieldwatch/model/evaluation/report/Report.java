package io.fieldwatch.model.evaluation.report;

import io.fieldwatch.model.evaluation.Alarms;
import io.fieldwatch.model.evaluation.FaultSuite;
import io.fieldwatch.model.evaluation.PrecisionRecall;
import io.fieldwatch.model.evaluation.Reliability;
import io.fieldwatch.model.evaluation.Verdict;
import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found, for people. Sections are added in the order in which they are to be
 * read.
 */
public final class Report {
  private final String title;
  private final List<Block> blocks = new ArrayList<>();

  public Report(String title) {
    this.title = title;
  }

  /** A paragraph. */
  public Report text(String text) {
    blocks.add(new Block.Text(text));
    return this;
  }

  /** A section with two columns. */
  public Report facts(String heading, Map<String, String> facts) {
    List<List<String>> rows = new ArrayList<>();
    facts.forEach((what, value) -> rows.add(List.of(what, value)));
    return table(heading, List.of("what", "value"), rows);
  }

  /** A section with a table. */
  public Report table(String heading, List<String> header, List<List<String>> rows) {
    blocks.add(new Block.Heading(heading));
    blocks.add(new Block.Table(header, rows));
    return this;
  }

  /** How good the model is on labelled rows: figures, curve, reliability, delays. */
  public Report verdict(String heading, Verdict verdict) {
    blocks.add(new Block.Heading(heading));
    figures(verdict);
    curve(verdict.curve(), "row number alone", verdict.rowIndex());
    reliability("rows", verdict.reliability());
    delays(verdict.alarms());
    return this;
  }

  private void figures(Verdict verdict) {
    PrecisionRecall curve = verdict.curve();
    Alarms alarms = verdict.alarms();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("average precision, row by row", three(curve.averagePrecision())));
    rows.add(List.of("… of guessing (share of anomalous rows)", three(curve.prevalence())));
    rows.add(
        List.of(
            "… of a model that knows the number of the row only",
            three(verdict.rowIndex().averagePrecision())));
    rows.add(List.of("precision at the threshold", three(verdict.flagged().precision())));
    rows.add(List.of("recall at the threshold", three(verdict.flagged().recall())));
    rows.add(List.of("F1 at the threshold", three(verdict.flagged().f1())));
    rows.add(List.of("best F1 of all thresholds", three(curve.best().f1())));
    rows.add(List.of("events found", alarms.found() + " of " + alarms.events()));
    rows.add(List.of("false alarms", Integer.toString(alarms.falseAlarms())));
    rows.add(List.of("device-days", three(alarms.deviceDays())));
    rows.add(List.of("false alarms per device-day", three(alarms.falseAlarmsPerDeviceDay())));
    rows.add(List.of("calibration error (ECE)", three(verdict.reliability().error())));
    blocks.add(new Block.Table(List.of("figure", "value"), rows));
  }

  private void curve(PrecisionRecall ours, String otherName, PrecisionRecall other) {
    double prevalence = ours.prevalence();
    blocks.add(
        new Block.Drawing(
            new Plot("Precision and recall", "recall", "precision")
                .line("this model", "ours", points(ours))
                .line(otherName, "other", points(other))
                .line(
                    "guessing",
                    "guess",
                    List.of(new double[] {0, prevalence}, new double[] {1, prevalence}))));
  }

  private static List<double[]> points(PrecisionRecall curve) {
    List<double[]> points = new ArrayList<>();
    for (PrecisionRecall.Point point : curve.points()) {
      points.add(new double[] {point.recall(), point.precision()});
    }
    return points;
  }

  /**
   * A section on what probabilities are worth.
   *
   * @param what is judged, in the plural
   */
  public Report reliability(String what, Reliability reliability) {
    List<double[]> points = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Reliability.Bin bin : reliability.bins()) {
      points.add(new double[] {bin.said(), bin.was()});
      rows.add(List.of(Long.toString(bin.rows()), three(bin.said()), three(bin.was())));
    }
    blocks.add(new Block.Heading("Do probabilities mean what they say?"));
    blocks.add(
        new Block.Drawing(
            new Plot("Reliability", "probability said", "share that was anomalous")
                .line("as it should be", "guess", List.of(new double[2], new double[] {1, 1}))
                .dotted("this model", "ours", points)));
    blocks.add(new Block.Table(List.of(what, "said (mean)", "was anomalous"), rows));
    return this;
  }

  /** A drawing with the curves of a model and of another one on the same examples. */
  public Report curves(PrecisionRecall ours, String otherName, PrecisionRecall other) {
    curve(ours, otherName, other);
    return this;
  }

  private void delays(Alarms alarms) {
    blocks.add(new Block.Heading("How long until an event is flagged?"));
    if (alarms.found() == 0) {
      blocks.add(new Block.Text("No event was found."));
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (double share : new double[] {0, 0.25, 0.5, 0.75, 0.9, 1}) {
      rows.add(
          List.of(
              String.format(Locale.ROOT, "%.0f %% of those found", 100 * share),
              Integer.toString(alarms.delay(share))));
    }
    rows.add(List.of("never", String.format(Locale.ROOT, "%.1f %%", 100 * (1 - alarms.recall()))));
    blocks.add(new Block.Table(List.of("events", "rows until the flag, at most"), rows));
  }

  /** Which injected faults were found, by kind and size. */
  public Report faults(FaultSuite suite) {
    blocks.add(new Block.Heading("Injected faults, by kind and size in robust deviations"));
    List<String> header = new ArrayList<>(List.of("kind"));
    FaultSuite.MAGNITUDES.forEach(size -> header.add(String.format(Locale.ROOT, "%.0f", size)));
    header.add("without size");
    List<List<String>> rows = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      List<String> row = new ArrayList<>(List.of(kind.label()));
      FaultSuite.MAGNITUDES.forEach(size -> row.add(cell(suite, kind, size)));
      row.add(cell(suite, kind, 0));
      rows.add(row);
    }
    blocks.add(
        new Block.Text(
            "Share found of faults met one by one, and the median of the windows until the first flag."));
    blocks.add(new Block.Table(header, rows));
    return this;
  }

  private static String cell(FaultSuite suite, FaultKind kind, double magnitude) {
    Optional<FaultSuite.Recall> found =
        suite.recalls().stream()
            .filter(r -> r.kind() == kind && r.magnitude() == magnitude && r.faults() > 0)
            .findFirst();
    return found
        .map(
            r ->
                r.found() == 0
                    ? "0.00"
                    : String.format(Locale.ROOT, "%.2f (%d)", r.share(), r.medianDelayWindows()))
        .orElse("");
  }

  /** What the model weighs. */
  public Report coefficients(Model model) {
    blocks.add(new Block.Heading("What the model weighs"));
    blocks.add(
        new Block.Text(
            String.format(
                Locale.ROOT,
                "Model %s: intercept %.4f, flagged from probability %.4f on. A coefficient is what one deviation of the feature adds to the logit.",
                model.version(),
                model.intercept(),
                model.threshold())));
    List<List<String>> rows =
        model.weights().stream()
            .sorted(Comparator.comparingDouble(weight -> -Math.abs(weight.coefficient())))
            .map(Report::row)
            .toList();
    blocks.add(new Block.Table(List.of("feature", "coefficient", "mean", "scale"), rows));
    return this;
  }

  private static List<String> row(Weight weight) {
    return List.of(
        weight.feature(),
        String.format(Locale.ROOT, "%.4f", weight.coefficient()),
        String.format(Locale.ROOT, "%.4f", weight.mean()),
        String.format(Locale.ROOT, "%.4f", weight.scale()));
  }

  /** Writes {@code report.md} and {@code report.html}; a crash may leave one of them. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.md"), markdown());
    Files.writeString(folder.resolve("report.html"), html());
  }

  String markdown() {
    return Markdown.of(title, blocks);
  }

  String html() {
    return Html.of(title, blocks);
  }

  private static String three(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
