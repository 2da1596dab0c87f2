package io.fieldwatch.benchmark.structured;

import io.fieldwatch.benchmark.contract.Settings;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * What both programs have in common: a session in this process, Kafka at both ends, and batches one
 * after the other, each of which is made safe in the state folder before the next begins.
 */
final class StructuredQuery {
  /**
   * How many packs a batch takes, if there are as many: enough to make the costs of a batch small,
   * few enough for several batches within ten seconds. The key {@code batchPacks} says otherwise.
   */
  private static final String BATCH_PACKS = "30000";

  private final Settings settings;
  private final SparkSession session;

  StructuredQuery(Settings settings) {
    this.settings = settings;
    this.session =
        SparkSession.builder()
            .appName("structured-streaming")
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", settings.own().getOrDefault("shuffle", "4"))
            .config("spark.sql.streaming.minBatchesToRetain", 2)
            .getOrCreate();
  }

  SparkSession session() {
    return session;
  }

  /** Kafka's records, with the columns that Spark gives them. */
  Dataset<Row> messages() {
    return session
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", settings.bootstrap())
        .option("subscribe", settings.input())
        .option("startingOffsets", "earliest")
        .option("kafka.max.poll.records", 5000)
        .option("maxOffsetsPerTrigger", settings.own().getOrDefault("batchPacks", BATCH_PACKS))
        .load();
  }

  /**
   * Appends the windows until the process is told to end.
   *
   * @param windows with the columns {@code key} and {@code value}
   */
  void run(Dataset<Row> windows) throws TimeoutException, StreamingQueryException {
    windows
        .writeStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", settings.bootstrap())
        .option("topic", settings.output())
        .option("kafka.linger.ms", 100)
        .option("kafka.batch.size", 131_072)
        .option("checkpointLocation", settings.state().toUri().toString())
        .outputMode(OutputMode.Append())
        .start()
        .awaitTermination();
  }
}
