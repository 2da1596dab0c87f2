package io.fieldwatch.model.training;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Fits logistic regressions to examples, with Spark MLlib. */
final class Regression {
  private static final String LABEL = "label";
  private static final double CLIP = 4;
  private static final int GREATEST_ITERATIONS = 100;
  private static final double TOLERANCE = 1e-6;
  private static final double PENALTY = 1e-3;

  private final SparkSession spark;
  private final List<String> features;

  /**
   * @param features those the model may weigh
   */
  Regression(SparkSession spark, List<String> features) {
    this.spark = spark;
    this.features = List.copyOf(features);
  }

  /**
   * Fits whole examples, each drawing of them by itself and all on the scale of all together, so
   * that the mean of the fits is a regression too. Coefficients are 0 or more: whatever is more
   * unusual than before must never speak for normality. Examples lie in one partition, because sums
   * over several depend on which of them finishes first, and one seed must give one model.
   *
   * @return one pipeline a drawing
   */
  List<PipelineModel> fit(List<List<Bag>> drawings) {
    List<Bag> all = drawings.stream().flatMap(List::stream).toList();
    PipelineModel prepared = new Pipeline().setStages(preparation()).fit(rows(all));
    return drawings.stream()
        .map(
            drawing ->
                new Pipeline()
                    .setStages(new PipelineStage[] {prepared, regression()})
                    .fit(rows(drawing)))
        .toList();
  }

  /** Fits the baseline: naive Bayes with a normal distribution for each feature, on the same. */
  PipelineModel fitNaiveBayes(List<Bag> bags) {
    PipelineModel prepared = new Pipeline().setStages(preparation()).fit(rows(bags));
    NaiveBayes bayes =
        new NaiveBayes().setModelType("gaussian").setFeaturesCol("clipped").setLabelCol(LABEL);
    return new Pipeline().setStages(new PipelineStage[] {prepared, bayes}).fit(rows(bags));
  }

  /** What a fitted pipeline makes of examples: the probability that each is a fault. */
  double[] probabilities(PipelineModel fitted, List<Bag> bags) {
    List<Row> rows = fitted.transform(rows(bags)).select("probability").collectAsList();
    return rows.stream().mapToDouble(Regression::probabilityOfFault).toArray();
  }

  private static double probabilityOfFault(Row row) {
    return ((Vector) row.get(0)).apply(1);
  }

  private PipelineStage[] preparation() {
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(columns()).setOutputCol("assembled");
    StandardScaler scaler =
        new StandardScaler()
            .setInputCol("assembled")
            .setOutputCol("standardised")
            .setWithMean(true)
            .setWithStd(true);
    return new PipelineStage[] {assembler, scaler, new Clip("standardised", "clipped", CLIP)};
  }

  private LogisticRegression regression() {
    return new LogisticRegression()
        .setFeaturesCol("clipped")
        .setLabelCol(LABEL)
        .setStandardization(false)
        .setRegParam(PENALTY)
        .setMaxIter(GREATEST_ITERATIONS)
        .setTol(TOLERANCE)
        .setLowerBoundsOnCoefficients(
            Matrices.dense(1, features.size(), new double[features.size()]));
  }

  /** The examples as Spark sees them: a label, and a column for each feature. */
  Dataset<Row> rows(List<Bag> bags) {
    StructType schema = new StructType().add(LABEL, DataTypes.DoubleType);
    for (String column : columns()) {
      schema = schema.add(column, DataTypes.DoubleType);
    }
    int[] places = features.stream().mapToInt(f -> FeatureNames.indexOf(f).orElseThrow()).toArray();
    List<Row> rows = new ArrayList<>();
    for (Bag bag : bags) {
      Object[] cells = new Object[1 + places.length];
      cells[0] = bag.label();
      for (int i = 0; i < places.length; i++) {
        cells[1 + i] = bag.features()[places[i]];
      }
      rows.add(RowFactory.create(cells));
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  /** Column names of Spark must hold no dots. */
  private String[] columns() {
    return features.stream().map(f -> f.replace('.', '_')).toArray(String[]::new);
  }

  /** The mean of fitted pipelines as a model of ours, flagging at one half. */
  Model model(String version, List<PipelineModel> fitted) {
    StandardScalerModel scaler =
        (StandardScalerModel) ((PipelineModel) fitted.get(0).stages()[0]).stages()[1];
    List<Weight> weights = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      int place = i;
      double scale = scaler.std().apply(i);
      double coefficient = mean(fitted, regression -> regression.coefficients().apply(place));
      // Spark makes a feature without deviation 0; one without a coefficient adds nothing either.
      if (scale > 0 && coefficient != 0) {
        weights.add(new Weight(features.get(i), scaler.mean().apply(i), scale, coefficient));
      }
    }
    double intercept = mean(fitted, LogisticRegressionModel::intercept);
    return new Model(version, 0.5, intercept, CLIP, weights);
  }

  private static double mean(
      List<PipelineModel> fitted, ToDoubleFunction<LogisticRegressionModel> number) {
    return fitted.stream()
        .map(pipeline -> (LogisticRegressionModel) pipeline.stages()[1])
        .mapToDouble(number)
        .average()
        .orElseThrow();
  }
}
