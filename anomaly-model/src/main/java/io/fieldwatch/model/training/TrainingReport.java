package io.fieldwatch.model.training;

import io.fieldwatch.model.evaluation.Judged;
import io.fieldwatch.model.evaluation.PrecisionRecall;
import io.fieldwatch.model.evaluation.Reliability;
import io.fieldwatch.model.evaluation.report.Report;
import io.fieldwatch.model.fault.FaultKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What a training reached, for people: all of it on data that the model has not learnt from. */
final class TrainingReport {
  /** The bounds of sizes, in robust deviations, that the table of recall tells apart. */
  private static final double[] SIZES = {0.5, 1, 2, 3, 5, 8, 12};

  private static final double[] SHARES = {0.25, 0.5, 0.75, 0.9, 1};

  private final Training.Result result;
  private final Training.Evidence evidence;

  private TrainingReport(Training.Result result) {
    this.result = result;
    this.evidence = result.evidence();
  }

  static Report of(Training.Result result) {
    return new TrainingReport(result).report();
  }

  private Report report() {
    Judged ours = judged(evidence.ours());
    Judged bayes = judged(evidence.bayes());
    Report report = new Report("Training of the anomaly model " + result.model().version());
    report.text(summary());
    report.facts("What it reached", facts());
    report.table(
        "Faults among normal stretches, beside naive Bayes",
        List.of("on the same examples", "this model", "naive Bayes"),
        comparison(ours, bayes));
    report.curves(
        PrecisionRecall.of(List.of(ours)), "naive Bayes", PrecisionRecall.of(List.of(bayes)));
    report.reliability("examples", Reliability.of(List.of(ours)));
    report.table("Which faults are found, by size in robust deviations", sizesHeader(), recalls());
    report.table(
        "Windows until a fault is flagged",
        List.of("kind", "found", "25 %", "50 %", "75 %", "90 %", "all of those found"),
        delays());
    report.coefficients(result.model());
    report.facts("Where it comes from", texts(result.provenance()));
    return report;
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "Learnt from %s readings of %s devices, split %s. All figures are of the part that it has"
            + " not seen, over %s device-days: faults put into copies of its series, each met as if"
            + " it were the first, and stretches of the series as they are.",
        result.provenance().get("readings"),
        result.provenance().get("devices"),
        result.provenance().get("split"),
        result.metrics().get("deviceDays"));
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("faults", text("faults"));
    facts.put("of these found", text("recall"));
    facts.put("found of those of about 3 robust deviations", text("recallAt3Deviations"));
    facts.put("false alarms per device-day", text("falseAlarmsPerDeviceDay"));
    facts.put(
        "… that were asked for at most",
        String.valueOf(result.provenance().get("alarmsPerDeviceDay")));
    facts.put("windows until the flag, median", text("medianDelayWindows"));
    facts.put("length of a window", result.provenance().get("windowMillis") + " ms");
    facts.put(
        "flagged from probability", String.format(Locale.ROOT, "%.4f", result.model().threshold()));
    return facts;
  }

  private String text(String metric) {
    return String.valueOf(result.metrics().get(metric));
  }

  /** Examples as rows of one device; what they have to do with time is lost, and not asked for. */
  private Judged judged(double[] probabilities) {
    double[] labels = evidence.labels();
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    long[] times = evidence.examples().stream().mapToLong(Bag::startMillis).toArray();
    return new Judged("examples", times, probabilities, bytes, 0, result.model().threshold());
  }

  private static List<List<String>> comparison(Judged ours, Judged bayes) {
    PrecisionRecall curve = PrecisionRecall.of(List.of(ours));
    PrecisionRecall other = PrecisionRecall.of(List.of(bayes));
    return List.of(
        List.of(
            "average precision", three(curve.averagePrecision()), three(other.averagePrecision())),
        List.of(
            "… of guessing (share of faults)",
            three(curve.prevalence()),
            three(other.prevalence())),
        List.of("best F1 of all thresholds", three(curve.best().f1()), three(other.best().f1())),
        List.of(
            "calibration error (ECE)",
            three(Reliability.of(List.of(ours)).error()),
            three(Reliability.of(List.of(bayes)).error())));
  }

  private static List<String> sizesHeader() {
    List<String> header = new ArrayList<>(List.of("kind"));
    for (int i = 0; i + 1 < SIZES.length; i++) {
      header.add(String.format(Locale.ROOT, "%s to %s", number(SIZES[i]), number(SIZES[i + 1])));
    }
    header.add("all");
    header.add("faults");
    return header;
  }

  private List<List<String>> recalls() {
    List<List<String>> rows = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      List<Outcome> ofKind = outcomes(outcome -> outcome.fault().kind() == kind);
      List<String> row = new ArrayList<>(List.of(kind.label()));
      for (int i = 0; i + 1 < SIZES.length; i++) {
        double from = SIZES[i];
        double to = SIZES[i + 1];
        row.add(
            kind.hasMagnitude()
                ? share(
                    ofKind.stream()
                        .filter(o -> o.fault().magnitude() >= from && o.fault().magnitude() < to)
                        .toList())
                : "");
      }
      row.add(share(ofKind));
      row.add(Integer.toString(ofKind.size()));
      rows.add(row);
    }
    return rows;
  }

  private static String share(List<Outcome> outcomes) {
    return outcomes.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%.2f",
            outcomes.stream().filter(Outcome::found).count() / (double) outcomes.size());
  }

  private List<Outcome> outcomes(Predicate<Outcome> which) {
    return evidence.outcomes().stream().filter(which).toList();
  }

  private List<List<String>> delays() {
    List<List<String>> rows = new ArrayList<>();
    for (FaultKind kind : FaultKind.values()) {
      rows.add(delays(kind.label(), outcomes(outcome -> outcome.fault().kind() == kind)));
    }
    rows.add(delays("all", evidence.outcomes()));
    return rows;
  }

  private static List<String> delays(String name, List<Outcome> outcomes) {
    int[] delays =
        outcomes.stream().filter(Outcome::found).mapToInt(Outcome::delayWindows).sorted().toArray();
    List<String> row = new ArrayList<>(List.of(name, delays.length + " of " + outcomes.size()));
    Arrays.stream(SHARES)
        .mapToObj(
            share ->
                delays.length == 0
                    ? ""
                    : Integer.toString(
                        delays[Math.min(delays.length - 1, (int) (share * delays.length))]))
        .forEach(row::add);
    return row;
  }

  private static Map<String, String> texts(Map<String, Object> facts) {
    Map<String, String> texts = new LinkedHashMap<>();
    facts.forEach((what, value) -> texts.put(what, String.valueOf(value)));
    return texts;
  }

  private static String three(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
