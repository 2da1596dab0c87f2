package io.fieldwatch.model.training;

import io.fieldwatch.model.evaluation.Learner;
import io.fieldwatch.model.evaluation.Stretches;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Learns from labelled stretches with Spark MLlib, in the same rounds as a {@link Trainer}: each
 * takes from every stretch the window that the model before found most anomalous. Holds a local
 * Spark until it is closed.
 */
public final class MlLearner implements Learner, AutoCloseable {
  private static final int ROUNDS = 3;
  private static final int LEAST_STRETCHES = 2;

  private final SparkSession spark;

  /** Starts a local Spark, which takes some seconds. */
  public MlLearner() {
    spark =
        SparkSession.builder()
            .appName("fieldwatch-evaluate")
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.debug.maxToStringFields", 1000)
            .getOrCreate();
  }

  @Override
  public Model learn(Stretches series, Stretches devices) {
    if (!series.areEach(LEAST_STRETCHES)) {
      throw new IllegalArgumentException(
          "Cannot learn from labels: %d anomalous and %d normal stretches in the other files, at least %d of each are needed"
              .formatted(series.anomalous().size(), series.normal().size(), LEAST_STRETCHES));
    }
    Model model = Trainer.formula();
    for (int round = 1; round <= ROUNDS; round++) {
      Model chooser = model;
      model = fit(Trainer.features(), series, chooser, round);
      if (devices.areEach(LEAST_STRETCHES)) {
        Model joint = fit(Trainer.jointFeatures(), devices, chooser, round);
        model = model.together(shifted(joint, logOdds(series) - logOdds(devices)));
      }
    }
    return model;
  }

  /** How much more often a stretch is anomalous than normal. */
  private static double logOdds(Stretches stretches) {
    return Math.log(stretches.anomalous().size()) - Math.log(stretches.normal().size());
  }

  /**
   * An event is one stretch of either kind, while a normal time is one of each sensor: a device
   * that looks normal would seem more doubtful than its sensors, and hide what these say.
   */
  private static Model shifted(Model model, double logOdds) {
    return new Model(
        model.version(),
        model.threshold(),
        model.intercept() + logOdds,
        model.clip(),
        model.weights());
  }

  /**
   * A model that weighs these features.
   *
   * @param chooser the model by which the windows of the stretches are chosen
   */
  private Model fit(List<String> features, Stretches stretches, Model chooser, int round) {
    List<Bag> bags = new ArrayList<>();
    for (double[][] stretch : stretches.anomalous()) {
      bags.add(strongest(stretch, 1, chooser));
    }
    for (double[][] stretch : stretches.normal()) {
      bags.add(strongest(stretch, 0, chooser));
    }
    Regression regression = new Regression(spark, features);
    return regression.model("labels-round-" + round, regression.fit(List.of(bags)));
  }

  private static Bag strongest(double[][] stretch, double label, Model model) {
    double best = -1;
    double[] chosen = stretch[0];
    for (double[] features : stretch) {
      double probability = model.probability(features);
      if (probability > best) {
        best = probability;
        chosen = features;
      }
    }
    return new Bag("", 0, label, best, chosen);
  }

  @Override
  public void close() {
    spark.close();
  }
}
