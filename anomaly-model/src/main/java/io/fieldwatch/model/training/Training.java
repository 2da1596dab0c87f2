package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** From recordings to the bytes of a model file; one seed, one file. */
final class Training {
  /** How many steps {@code run} says that it begins. */
  static final int STEPS = Trainer.ROUNDS + 4;

  private final SparkSession spark;
  private final Plan plan;
  private final Consumer<String> steps;

  private Training(SparkSession spark, Plan plan, Consumer<String> steps) {
    this.spark = spark;
    this.plan = plan;
    this.steps = steps;
  }

  /**
   * What came of it.
   *
   * @param file the model file
   * @param provenance that in the file
   * @param metrics those in the file
   * @param evidence what the metrics were made from
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  record Result(
      byte[] file,
      Model model,
      Map<String, Object> provenance,
      Map<String, Object> metrics,
      Evidence evidence) {}

  /**
   * What the model, and the baseline beside it, make of data that neither has seen.
   *
   * @param examples faults and normal stretches
   * @param ours the model's probability of each being a fault
   * @param bayes the baseline's
   * @param outcomes of faults at the model's threshold
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  record Evidence(List<Bag> examples, double[] ours, double[] bayes, List<Outcome> outcomes) {
    double[] labels() {
      return examples.stream().mapToDouble(Bag::label).toArray();
    }
  }

  /**
   * Learns from the CSV files of a folder.
   *
   * @param version the model's name; by default one that follows from its content
   */
  static Result run(SparkSession spark, String folder, Plan plan, Optional<String> version)
      throws IOException {
    return run(
        spark,
        new CsvFolder(folder).recordings(new JavaSparkContext(spark.sparkContext())),
        plan,
        version,
        Optional.empty(),
        step -> {});
  }

  /**
   * Learns from recordings.
   *
   * @param version the model's name; by default one that follows from its content
   * @param running the model in use: what it flags in the recordings is not learnt as normal
   * @param steps told of each step when it begins
   */
  static Result run(
      SparkSession spark,
      Recordings recordings,
      Plan plan,
      Optional<String> version,
      Optional<Model> running,
      Consumer<String> steps) {
    return new Training(spark, plan, steps).run(recordings, version, running);
  }

  private Result run(Recordings recordings, Optional<String> version, Optional<Model> running) {
    steps.accept("read the recordings");
    Recordings.Inventory inventory = recordings.inventory();
    requireReadings(inventory);
    Split split = Split.of(inventory.devices(), plan.seed());
    Trainer trainer = new Trainer(spark, recordings.all(), plan, split, running);

    Trainer.Fit fit = fit(trainer, inventory);
    steps.accept("calibrate");
    Model calibrated =
        Isotonic.calibrated(fit.model(), trainer.examples(Split.Part.CALIBRATE, fit.model()));
    double threshold =
        AlarmBudget.threshold(
            trainer.tracks(Split.Part.CALIBRATE, calibrated), plan.alarmsPerDeviceDay());
    String name = version.orElseGet(() -> name(calibrated, threshold));
    Model model = calibrated.withThreshold(name, threshold);

    steps.accept("measure on unseen data");
    List<Outcome> outcomes = trainer.outcomes(Split.Part.TEST, model);
    Map<String, Object> metrics =
        Metrics.of(model, trainer.tracks(Split.Part.TEST, model), outcomes);
    steps.accept("compare with naive Bayes");
    Evidence evidence = evidence(fit, model, trainer.examples(Split.Part.TEST, model), outcomes);
    metrics.putAll(judgements(evidence));
    Map<String, Object> provenance = provenance(inventory, split, fit.examples());
    running.ifPresent(judge -> provenance.put("guardedBy", judge.version()));
    return new Result(
        ModelFile.write(model, provenance, metrics), model, provenance, metrics, evidence);
  }

  private static void requireReadings(Recordings.Inventory inventory) {
    if (inventory.devices().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot train: nothing that was read holds a reading that can be used, %s"
              .formatted(inventory.origin()));
    }
  }

  private Trainer.Fit fit(Trainer trainer, Recordings.Inventory inventory) {
    try {
      return trainer.fit(
          round -> steps.accept("learn, round %d of %d".formatted(round, Trainer.ROUNDS)));
    } catch (IllegalArgumentException e) {
      // How much there is says what is lacking.
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s (devices: %d, sensors: %d, hours: %.1f)",
              e.getMessage(),
              inventory.devices().size(),
              inventory.series(),
              inventory.hours()),
          e);
    }
  }

  private Evidence evidence(
      Trainer.Fit fit, Model model, List<Bag> unseen, List<Outcome> outcomes) {
    Regression regression = new Regression(spark, Trainer.allFeatures());
    return new Evidence(
        unseen,
        unseen.stream().mapToDouble(b -> model.probability(b.features())).toArray(),
        regression.probabilities(regression.fitNaiveBayes(fit.examples()), unseen),
        outcomes);
  }

  /** The model and the baseline, on the same examples, which neither has seen. */
  private static Map<String, Object> judgements(Evidence evidence) {
    Judgement ours = Judgement.of(evidence.ours(), evidence.labels());
    Judgement bayes = Judgement.of(evidence.bayes(), evidence.labels());
    Map<String, Object> judgements = new LinkedHashMap<>();
    judgements.put("examples", evidence.examples().size());
    judgements.put("averagePrecision", Metrics.rounded(ours.averagePrecision()));
    judgements.put("calibrationError", Metrics.rounded(ours.calibrationError()));
    judgements.put("averagePrecisionOfNaiveBayes", Metrics.rounded(bayes.averagePrecision()));
    judgements.put("calibrationErrorOfNaiveBayes", Metrics.rounded(bayes.calibrationError()));
    return judgements;
  }

  private Map<String, Object> provenance(
      Recordings.Inventory inventory, Split split, List<Bag> examples) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put(
        "method",
        "logistic regression on injected faults, multiple-instance rounds, averaged fits");
    provenance.put("spark", spark.version());
    provenance.put("seed", plan.seed());
    provenance.put("windowMillis", plan.windowMillis());
    provenance.put("alarmsPerDeviceDay", plan.alarmsPerDeviceDay());
    provenance.put("dataSha256", inventory.sha256());
    provenance.put("devices", inventory.devices().size());
    provenance.put("series", inventory.series());
    provenance.put("readings", inventory.readings());
    provenance.putAll(inventory.origin());
    provenance.put("split", split.byDevice() ? "by device" : "by time");
    provenance.put("faultExamples", examples.stream().filter(b -> b.label() > 0).count());
    provenance.put("normalExamples", examples.stream().filter(b -> b.label() == 0).count());
    return provenance;
  }

  private static String name(Model model, double threshold) {
    List<String> content = new ArrayList<>();
    content.add(Double.toHexString(threshold));
    content.add(Double.toHexString(model.intercept()));
    model.weights().forEach(weight -> content.add(weight.toString()));
    model.calibration().knots().forEach(knot -> content.add(knot.toString()));
    byte[] bytes = String.join("\n", content).getBytes(StandardCharsets.UTF_8);
    byte[] digest = Recordings.sha256().digest(bytes);
    return "lr-" + HexFormat.of().formatHex(digest, 0, 6);
  }
}
