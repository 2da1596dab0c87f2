package io.fieldwatch.model.command;

import io.fieldwatch.model.evaluation.Detector;
import io.fieldwatch.model.evaluation.ModelDetector;
import io.fieldwatch.model.evaluation.nab.NabCorpus;
import io.fieldwatch.model.evaluation.nab.NabFile;
import io.fieldwatch.model.evaluation.nab.NabRun;
import io.fieldwatch.model.evaluation.nab.NabScore;
import io.fieldwatch.model.evaluation.nab.Profile;
import io.fieldwatch.model.evaluation.nab.Tally;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Parameters(paramLabel = "DIR", description = "The benchmark's folder, with data/ and labels/.")
  private Path folder = Path.of(".");

  @Option(names = "--model", paramLabel = "FILE", description = "A model file to measure.")
  private @Nullable Path model;

  @Option(names = "--files", description = "Print a line for each file too.")
  private boolean files;

  @Override
  public Integer call() throws IOException {
    long begin = System.nanoTime();
    Model measured = model();
    List<NabFile> corpus = NabCorpus.read(folder);
    System.out.printf("Model %s, trained without labels on other data%n", measured.version());
    Detector detector = new ModelDetector(measured);
    List<NabScore> scores = NabRun.of(corpus, file -> detector);
    FigureLine line = line(scores, (System.nanoTime() - begin) / 1e9);
    print(corpus, scores, System.out);
    System.out.println(line.json());
    return line.ok() ? 0 : 1;
  }

  private Model model() throws IOException {
    if (model == null) {
      return ModelFile.bundled();
    }
    try (InputStream in = Files.newInputStream(model)) {
      return ModelFile.read(in);
    }
  }

  private static FigureLine line(List<NabScore> scores, double seconds) {
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
      floors.put(label, FLOORS.getOrDefault(score.profile(), 0.0));
    }
    figures.put("windows", (double) scores.get(0).total().windows());
    figures.put("seconds", seconds);
    return new FigureLine("evaluate-nab", figures, floors);
  }

  private void print(List<NabFile> corpus, List<NabScore> scores, PrintStream out) {
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
      printFiles(corpus, scores.get(Profile.STANDARD.ordinal()), out);
    }
  }

  private static void printFiles(List<NabFile> corpus, NabScore score, PrintStream out) {
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
