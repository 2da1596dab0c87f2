package io.fieldwatch.model.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.model.evaluation.FaultSuite;
import io.fieldwatch.model.evaluation.FolderRun;
import io.fieldwatch.model.evaluation.Labelled;
import io.fieldwatch.model.evaluation.Verdict;
import io.fieldwatch.model.evaluation.report.Report;
import io.fieldwatch.model.recording.ColumnWishes;
import io.fieldwatch.model.recording.Layout;
import io.fieldwatch.model.recording.RowProblem;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.store.StoredModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures models: on a folder of CSV files, or on the Numenta Anomaly Benchmark. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Scores the CSV files of a folder, one a device, row by row, and measures the model where they",
      "have labels. A file has a header with a column of times, a column for each sensor, and maybe one",
      "of labels with 0 and 1, 'anomaly' or another usual name; it says what it took each column for.",
      "Beside FILE.csv it writes FILE.scores.csv with a probability and a flag for each row. Ends with a",
      "line of JSON."
    },
    footer = {"", "Example: fieldwatch evaluate recordings/ --training-rows 400 --out scores/"},
    subcommands = {EvaluateNab.class})
public final class Evaluate implements Callable<Integer> {
  private static final long SEED = 42;

  /** Of what the files were taken for; the report has all of it. */
  private static final int PRINTED_LAYOUTS = 10;

  private static final int NAMED_FILES = 3;

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "The folder; those below it count.")
  private @Nullable Path folder;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call
  private CommandLine.Model.CommandSpec spec;

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private LeaveOneOutOption leaveOneOut = new LeaveOneOutOption();

  @Option(
      names = "--training-rows",
      paramLabel = "N",
      defaultValue = "0",
      description = "Rows at the head of each file that are its past and are judged in no figure.")
  private int trainingRows;

  @Option(
      names = "--window",
      paramLabel = "LENGTH",
      converter = Lengths.class,
      description = "Put readings together into windows, as 10s or 1m (default: each row is one).")
  private @Nullable Duration window;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "The column of times (default: found by names and cells).")
  private @Nullable String time;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column of labels, with 0 and 1 (default: found by names and cells).")
  private @Nullable String label;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      description = "A column that is to be nothing; may be given several times.")
  private Set<String> ignored = Set.of();

  @Option(
      names = "--faults",
      description =
          "Put faults into copies of the series, which are normal, and see which are found.")
  private boolean faults;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write, instead of beside the files.")
  private @Nullable Path out;

  private final PrintStream terminal;

  Evaluate(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Exits with 0 when every floor held, 1 when not or when it failed, 2 on wrong arguments. */
  public static void main(String[] args) {
    Logging.quiet();
    System.exit(commandLine(System.out).execute(args));
  }

  static CommandLine commandLine(PrintStream terminal) {
    return Sentences.of(new CommandLine(new Evaluate(terminal)));
  }

  @Override
  public Integer call() throws IOException {
    if (folder == null) {
      throw new CommandLine.ParameterException(spec.commandLine(), "Name a folder, or nab");
    }
    long begin = System.nanoTime();
    OptionalLong windowMillis =
        window == null ? OptionalLong.empty() : OptionalLong.of(window.toMillis());
    ColumnWishes wishes =
        new ColumnWishes(Optional.ofNullable(time), Optional.ofNullable(label), ignored);
    FolderRun run = FolderRun.read(folder, wishes, windowMillis, trainingRows);
    Map<String, Model> models = leaveOneOut.isChosen() ? learnt(run, windowMillis) : same(run);
    FolderRun.Result result =
        run.run(
            models, Optional.ofNullable(out), Progress.of("Scoring files", run.devices().size()));
    print(run, result);
    Optional<FaultSuite> suite =
        faults
            ? Optional.of(FaultSuite.of(run.tables(), model.read().model(), windowMillis, SEED))
            : Optional.empty();
    Path reports = out == null ? folder : out;
    report(run, result, suite).write(reports);
    terminal.println("Wrote " + reports.resolve("report.html"));
    double seconds = (System.nanoTime() - begin) / 1e9;
    terminal.println(
        new FigureLine("evaluate", figures(run, result, suite, seconds), Map.of()).json());
    return 0;
  }

  private Map<String, Model> same(FolderRun run) throws IOException {
    Model read = model.read().model();
    Map<String, Model> models = new HashMap<>();
    run.devices().forEach(device -> models.put(device, read));
    return models;
  }

  /** Files without labels are scored by the given model. */
  private Map<String, Model> learnt(FolderRun run, OptionalLong windowMillis) throws IOException {
    List<Labelled> labelled = run.labelled();
    if (labelled.size() < 2) {
      throw new IOException(
          "Cannot leave one file out of %s: 2 with labels are needed, there are %d"
              .formatted(folder, labelled.size()));
    }
    Map<String, Model> models = same(run);
    List<Model> learnt = leaveOneOut.learn(labelled, windowMillis);
    for (int i = 0; i < learnt.size(); i++) {
      models.put(labelled.get(i).table().device(), learnt.get(i));
    }
    return models;
  }

  private Report report(FolderRun run, FolderRun.Result result, Optional<FaultSuite> suite)
      throws IOException {
    StoredModel read = model.read();
    Report report = new Report("How the anomaly model does").text(summary(result));
    report.table(
        "What the columns were taken for",
        List.of("files", "times", "label", "sensors", "left out"),
        run.layouts().entrySet().stream()
            .map(entry -> row(entry.getKey(), entry.getValue()))
            .toList());
    report.facts("How files were read", notes(run));
    report.facts("What was wrong with the files", problems(result));
    result.whyNoVerdict().ifPresent(why -> report.text("No figures beside labels: " + why + "."));
    result.verdict().ifPresent(verdict -> report.verdict("Beside the labels", verdict));
    suite.ifPresent(found -> report.verdict("With injected faults", found.verdict()).faults(found));
    if (!leaveOneOut.isChosen()) {
      report.coefficients(read.model());
      report.facts("What its training measured", facts(read.metrics()));
      report.facts("Where it comes from", facts(read.provenance()));
    }
    return report;
  }

  private static List<String> row(Layout layout, List<String> devices) {
    return List.of(
        some(devices),
        layout.times(),
        layout.label().orElse("none"),
        String.join(", ", layout.sensors()),
        leftOut(layout));
  }

  private static String leftOut(Layout layout) {
    return layout.leftOut().entrySet().stream()
        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  /** How many files and the first of them. */
  private static String some(List<String> devices) {
    String names = devices.stream().limit(NAMED_FILES).collect(Collectors.joining(", "));
    return devices.size() + ": " + names + (devices.size() > NAMED_FILES ? ", …" : "");
  }

  private static Map<String, String> notes(FolderRun run) {
    Map<String, String> notes = new LinkedHashMap<>();
    run.notes().forEach((note, devices) -> notes.put(note, some(devices)));
    if (notes.isEmpty()) {
      notes.put("nothing to say", "all as usual");
    }
    return notes;
  }

  private static Map<String, String> facts(JsonNode object) {
    Map<String, String> facts = new LinkedHashMap<>();
    object
        .fields()
        .forEachRemaining(
            field ->
                facts.put(
                    field.getKey(),
                    field.getValue().isTextual()
                        ? field.getValue().textValue()
                        : field.getValue().toString()));
    return facts;
  }

  private static Map<String, String> problems(FolderRun.Result result) {
    Map<String, String> problems = new LinkedHashMap<>();
    result.refusedFiles().forEach((file, why) -> problems.put(file + " was not used", why));
    for (RowProblem problem : RowProblem.values()) {
      int count = result.problems().getOrDefault(problem, 0);
      if (count > 0) {
        problems.put(problem.what(), count + ": " + problem.consequence());
      }
    }
    if (result.constantSensors() > 0) {
      problems.put(
          "sensors that never changed", result.constantSensors() + ": scored, never flagged");
    }
    if (problems.isEmpty()) {
      problems.put("problems", "none");
    }
    return problems;
  }

  private static Map<String, Double> figures(
      FolderRun run, FolderRun.Result result, Optional<FaultSuite> suite, double seconds) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("devices", (double) result.devices());
    figures.put("rows", (double) result.rows());
    figures.put("flaggedRows", (double) result.flagged());
    figures.put("refusedFiles", (double) result.refusedFiles().size());
    figures.put("labelledFiles", (double) run.labelled().size());
    result.verdict().ifPresent(verdict -> addTo(figures, verdict));
    suite.ifPresent(found -> addTo(figures, found));
    figures.put("seconds", seconds);
    return figures;
  }

  private static void addTo(Map<String, Double> figures, FaultSuite suite) {
    for (FaultSuite.Recall recall : suite.recalls()) {
      if (recall.faults() > 0) {
        String size = recall.magnitude() == 0 ? "" : "-" + Math.round(recall.magnitude());
        figures.put("recall-" + recall.kind().label() + size, recall.share());
      }
    }
    figures.put(
        "faultsFalseAlarmsPerDeviceDay", suite.verdict().alarms().falseAlarmsPerDeviceDay());
    figures.put("faultsCalibrationError", suite.verdict().reliability().error());
    figures.put("faultsAveragePrecision", suite.verdict().curve().averagePrecision());
  }

  private static void addTo(Map<String, Double> figures, Verdict verdict) {
    figures.put("prevalence", verdict.curve().prevalence());
    figures.put("averagePrecision", verdict.curve().averagePrecision());
    figures.put("averagePrecisionOfRowIndex", verdict.rowIndex().averagePrecision());
    figures.put("precision", verdict.flagged().precision());
    figures.put("recall", verdict.flagged().recall());
    figures.put("f1", verdict.flagged().f1());
    figures.put("bestF1", verdict.curve().best().f1());
    figures.put("events", (double) verdict.alarms().events());
    figures.put("eventRecall", verdict.alarms().recall());
    figures.put("medianDelayRows", (double) verdict.alarms().delay(0.5));
    figures.put("falseAlarmsPerDeviceDay", verdict.alarms().falseAlarmsPerDeviceDay());
    figures.put("calibrationError", verdict.reliability().error());
  }

  private void print(FolderRun run, FolderRun.Result result) {
    terminal.println(summary(result));
    run.layouts().entrySet().stream()
        .limit(PRINTED_LAYOUTS)
        .forEach(entry -> print(entry.getKey(), entry.getValue()));
    int others = run.layouts().size() - PRINTED_LAYOUTS;
    if (others > 0) {
      terminal.println("  and files of %d more kinds, which the report names".formatted(others));
    }
    run.notes()
        .forEach((note, devices) -> terminal.println("  " + note + " (" + some(devices) + ")"));
    problems(result).forEach((what, outcome) -> terminal.println("  " + what + ": " + outcome));
    result.whyNoVerdict().ifPresent(why -> terminal.println("No figures beside labels: " + why));
    result.verdict().ifPresent(verdict -> print(verdict, terminal));
  }

  private void print(Layout layout, List<String> devices) {
    terminal.printf(
        "  Files %s%n    times: %s; label: %s; sensors: %s; left out: %s%n",
        some(devices),
        layout.times(),
        layout.label().orElse("none"),
        String.join(", ", layout.sensors()),
        layout.leftOut().isEmpty() ? "none" : leftOut(layout));
  }

  private String summary(FolderRun.Result result) {
    String by =
        result.versions().size() == 1 ? "model " + result.versions().iterator().next() : "models";
    return String.format(
        Locale.ROOT,
        "%d files, %d rows, %d of them flagged by %s, %s. %d rows at the head of each file are judged in no figure.",
        result.devices(),
        result.rows(),
        result.flagged(),
        by,
        leaveOneOut.isChosen()
            ? "learnt from the labels of the other files"
            : "which has seen no labels",
        trainingRows);
  }

  private static void print(Verdict verdict, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "Rows: average precision %.3f (guessing %.3f, row number alone %.3f); flagged: precision %.3f, recall %.3f, F1 %.3f; best F1 %.3f%n",
        verdict.curve().averagePrecision(),
        verdict.curve().prevalence(),
        verdict.rowIndex().averagePrecision(),
        verdict.flagged().precision(),
        verdict.flagged().recall(),
        verdict.flagged().f1(),
        verdict.curve().best().f1());
    out.printf(
        Locale.ROOT,
        "Events: %d of %d found, delay %d rows (median), %.2f false alarms per device-day over %.2f device-days%n",
        verdict.alarms().found(),
        verdict.alarms().events(),
        verdict.alarms().delay(0.5),
        verdict.alarms().falseAlarmsPerDeviceDay(),
        verdict.alarms().deviceDays());
    out.printf(Locale.ROOT, "Calibration error: %.3f%n", verdict.reliability().error());
  }
}
