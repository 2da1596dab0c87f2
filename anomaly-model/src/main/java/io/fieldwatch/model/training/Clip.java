package io.fieldwatch.model.training;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Limits every number of a vector column to ±limit. MLlib has no such stage, and without it a
 * statistic that was never unusual in the examples would outweigh all others the day it is.
 */
public final class Clip extends Transformer {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final String input;
  private final String output;
  private final double limit;

  Clip(String input, String output, double limit) {
    this(Identifiable$.MODULE$.randomUID("clip"), input, output, limit);
  }

  private Clip(String uid, String input, String output, double limit) {
    this.uid = uid;
    this.input = input;
    this.output = output;
    this.limit = limit;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    double bound = limit;
    UDF1<Vector, Vector> clip = vector -> clipped(vector, bound);
    return dataset.withColumn(
        output, functions.udf(clip, SQLDataTypes.VectorType()).apply(dataset.col(input)));
  }

  private static Vector clipped(Vector vector, double bound) {
    double[] numbers = vector.toArray().clone();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.max(-bound, Math.min(bound, numbers[i]));
    }
    return Vectors.dense(numbers);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema.add(output, SQLDataTypes.VectorType());
  }

  @Override
  public Transformer copy(ParamMap extra) {
    return new Clip(uid, input, output, limit);
  }

  @Override
  public String uid() {
    return uid;
  }
}
