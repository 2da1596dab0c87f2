package io.fieldwatch.model.command;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.evaluation.Detector;
import io.fieldwatch.model.evaluation.ModelDetector;
import io.fieldwatch.model.evaluation.nab.NabCorpus;
import io.fieldwatch.model.evaluation.nab.NabFile;
import io.fieldwatch.model.evaluation.nab.NabRun;
import io.fieldwatch.model.evaluation.nab.NabScore;
import io.fieldwatch.model.evaluation.nab.Profile;
import io.fieldwatch.model.evaluation.nab.Tally;
import io.fieldwatch.model.evaluation.report.Report;
import io.fieldwatch.model.scorer.Model;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a model through the Numenta Anomaly Benchmark. */
@Command(
    name = "nab",
    mixinStandardHelpOptions = true,
    description = {
      "The Numenta Anomaly Benchmark: its three profiles with its own choice of thresholds, and with",
      "the threshold of each file chosen on the others. The model is the bundled one unless named; it",
      "has seen neither the benchmark's labels nor its data. Ends with a line of JSON."
    })
final class EvaluateNab implements Callable<Integer> {
  private static final Map<Profile, Double> FLOORS =
      Map.of(
          Profile.STANDARD,
          61.0,
          Profile.LOW_FALSE_POSITIVES,
          48.0,
          Profile.LOW_FALSE_NEGATIVES,
          67.0);

  private static final Map<Profile, Double> LABELLED_FLOORS = Map.of(Profile.STANDARD, 64.0);

  @Parameters(paramLabel = "DIR", description = "The benchmark's folder, with data/ and labels/.")
  private Path folder = Path.of(".");

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private LeaveOneOutOption leaveOneOut = new LeaveOneOutOption();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.md and report.html there.")
  private @Nullable Path report;

  @Option(names = "--files", description = "Print a line for each file too.")
  private boolean files;

  private final PrintStream out;

  EvaluateNab() {
    this(System.out);
  }

  EvaluateNab(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    long begin = System.nanoTime();
    List<NabFile> corpus = NabCorpus.read(folder);
    List<NabScore> scores =
        NabRun.of(corpus, leaveOneOut.isChosen() ? learnt(corpus) : sameForAll());
    FigureLine line = line(scores, (System.nanoTime() - begin) / 1e9);
    print(corpus, scores);
    if (report != null) {
      report(corpus, scores).write(report);
      out.println("Wrote " + report.resolve("report.html"));
    }
    out.println(line.json());
    return line.ok() ? 0 : 1;
  }

  private Function<NabFile, Detector> sameForAll() throws IOException {
    Model read = model.read().model();
    out.printf("Model %s, trained without labels on other data%n", read.version());
    Detector detector = ModelDetector.ofRows(read);
    return file -> detector;
  }

  private Function<NabFile, Detector> learnt(List<NabFile> corpus) {
    out.println("A model for each file, learnt from the labels of the others");
    Map<String, Detector> detectors = new HashMap<>();
    List<Model> models =
        leaveOneOut.learn(corpus.stream().map(NabFile::labelled).toList(), OptionalLong.empty());
    for (int i = 0; i < corpus.size(); i++) {
      detectors.put(corpus.get(i).name(), ModelDetector.ofRows(models.get(i)));
    }
    return file -> requireNonNull(detectors.get(file.name()), "no model");
  }

  private FigureLine line(List<NabScore> scores, double seconds) {
    Map<String, Double> figures = new LinkedHashMap<>();
    Map<String, Double> floors = new LinkedHashMap<>();
    for (NabScore score : scores) {
      String label = score.profile().label();
      figures.put(label, score.score());
      figures.put(label + "Nested", score.nested());
      figures.put(label + "Low90", score.low());
      figures.put(label + "High90", score.high());
      figures.put(label + "Hits", (double) score.total().hits());
      figures.put(label + "FalsePositives", (double) score.total().falsePositives());
      Double floor = (leaveOneOut.isChosen() ? LABELLED_FLOORS : FLOORS).get(score.profile());
      if (floor != null) {
        floors.put(label, floor);
      }
    }
    figures.put("windows", (double) scores.get(0).total().windows());
    figures.put("seconds", seconds);
    return new FigureLine(
        leaveOneOut.isChosen() ? "evaluate-nab-leave-one-out" : "evaluate-nab", figures, floors);
  }

  private Report report(List<NabFile> corpus, List<NabScore> scores) throws IOException {
    Report document =
        new Report("On the Numenta Anomaly Benchmark")
            .text(
                leaveOneOut.isChosen()
                    ? "Models learnt from the labels of the other files, each judged on files it has not seen."
                    : "A model that has seen neither the benchmark's labels nor its data.")
            .table(
                "Scores",
                List.of("profile", "score", "nested", "90 % interval", "found", "false rows"),
                scores.stream().map(EvaluateNab::row).toList())
            .text(
                "Nested: the threshold of each file is the best one of the others. The interval is that of the"
                    + " score over files drawn again.");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < corpus.size(); i++) {
      Tally tally = scores.get(0).files().get(i);
      rows.add(
          List.of(
              corpus.get(i).name(),
              tally.hits() + " of " + tally.windows(),
              Integer.toString(tally.falsePositives())));
    }
    document.table("File by file, standard profile", List.of("file", "found", "false rows"), rows);
    return leaveOneOut.isChosen() ? document : document.coefficients(model.read().model());
  }

  private static List<String> row(NabScore score) {
    return List.of(
        score.profile().label(),
        String.format(Locale.ROOT, "%.2f", score.score()),
        String.format(Locale.ROOT, "%.2f", score.nested()),
        String.format(Locale.ROOT, "%.1f – %.1f", score.low(), score.high()),
        score.total().hits() + " of " + score.total().windows(),
        Integer.toString(score.total().falsePositives()));
  }

  private void print(List<NabFile> corpus, List<NabScore> scores) {
    out.printf(
        "%-10s %6s %7s %14s %10s %6s %10s%n",
        "profile", "score", "nested", "90 % interval", "hits", "false", "threshold");
    for (NabScore score : scores) {
      out.printf(
          Locale.ROOT,
          "%-10s %6.2f %7.2f %6.1f – %5.1f %6d/%3d %6d %10.6f%n",
          score.profile().label(),
          score.score(),
          score.nested(),
          score.low(),
          score.high(),
          score.total().hits(),
          score.total().windows(),
          score.total().falsePositives(),
          score.threshold());
    }
    if (files) {
      printFiles(corpus, scores.get(Profile.STANDARD.ordinal()));
    }
  }

  private void printFiles(List<NabFile> corpus, NabScore score) {
    out.println("In the standard profile:");
    for (int i = 0; i < corpus.size(); i++) {
      Tally tally = score.files().get(i);
      out.printf(
          Locale.ROOT,
          "%-60s %2d/%d hits worth %5.2f, %4d false worth %7.2f%n",
          corpus.get(i).name(),
          tally.hits(),
          tally.windows(),
          tally.gained(),
          tally.falsePositives(),
          tally.lost());
    }
  }
}
