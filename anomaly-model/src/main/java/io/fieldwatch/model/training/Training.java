package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** From a folder of recordings to the bytes of a model file; one seed, one file. */
final class Training {
  private Training() {}

  /**
   * @param file the model file
   * @param metrics those in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  record Result(byte[] file, Model model, Map<String, Object> metrics) {}

  /**
   * @param version the model's name; by default one that follows from its content
   */
  static Result run(SparkSession spark, String folder, Plan plan, Optional<String> version) {
    return run(spark, folder, plan, version, Optional.empty());
  }

  /**
   * @param running the model in use: what it flags in the recordings is not learnt as normal
   */
  static Result run(
      SparkSession spark,
      String folder,
      Plan plan,
      Optional<String> version,
      Optional<Model> running) {
    Recordings recordings = Recordings.in(new JavaSparkContext(spark.sparkContext()), folder);
    Recordings.Inventory inventory = recordings.inventory();
    Split split = Split.of(inventory.devices(), plan.seed());
    Trainer trainer = new Trainer(spark, recordings.all(), plan, split, running);

    Trainer.Fit fit = trainer.fit();
    Model calibrated =
        Isotonic.calibrated(fit.model(), trainer.examples(Split.Part.CALIBRATE, fit.model()));
    double threshold =
        AlarmBudget.threshold(
            trainer.tracks(Split.Part.CALIBRATE, calibrated), plan.alarmsPerDeviceDay());
    String name = version.orElseGet(() -> name(calibrated, threshold));
    Model model = calibrated.withThreshold(name, threshold);
    Map<String, Object> metrics =
        Metrics.of(
            model,
            trainer.tracks(Split.Part.TEST, model),
            trainer.outcomes(Split.Part.TEST, model));
    metrics.putAll(judgements(spark, fit, model, trainer.examples(Split.Part.TEST, model)));
    Map<String, Object> provenance = provenance(spark, plan, inventory, split, fit.examples());
    running.ifPresent(judge -> provenance.put("guardedBy", judge.version()));
    return new Result(ModelFile.write(model, provenance, metrics), model, metrics);
  }

  /** The model and the baseline, on the same examples, which neither has seen. */
  private static Map<String, Object> judgements(
      SparkSession spark, Trainer.Fit fit, Model model, List<Bag> unseen) {
    Regression regression = new Regression(spark, Trainer.features());
    Judgement ours =
        Judgement.of(
            unseen.stream().mapToDouble(b -> model.probability(b.features())).toArray(),
            unseen.stream().mapToDouble(Bag::label).toArray());
    Judgement bayes = regression.judge(regression.fitNaiveBayes(fit.examples()), unseen);
    Map<String, Object> judgements = new LinkedHashMap<>();
    judgements.put("examples", unseen.size());
    judgements.put("averagePrecision", Metrics.rounded(ours.averagePrecision()));
    judgements.put("calibrationError", Metrics.rounded(ours.calibrationError()));
    judgements.put("averagePrecisionOfNaiveBayes", Metrics.rounded(bayes.averagePrecision()));
    judgements.put("calibrationErrorOfNaiveBayes", Metrics.rounded(bayes.calibrationError()));
    return judgements;
  }

  private static Map<String, Object> provenance(
      SparkSession spark,
      Plan plan,
      Recordings.Inventory inventory,
      Split split,
      List<Bag> examples) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("method", "logistic regression on injected faults, multiple-instance rounds");
    provenance.put("spark", spark.version());
    provenance.put("seed", plan.seed());
    provenance.put("windowMillis", plan.windowMillis());
    provenance.put("alarmsPerDeviceDay", plan.alarmsPerDeviceDay());
    provenance.put("dataSha256", inventory.sha256());
    provenance.put("devices", inventory.devices().size());
    provenance.put("series", inventory.series());
    provenance.put("readings", inventory.readings());
    provenance.put("refusedRows", inventory.refusedRows());
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
