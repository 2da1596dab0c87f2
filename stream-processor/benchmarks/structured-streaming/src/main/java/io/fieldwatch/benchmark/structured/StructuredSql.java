package io.fieldwatch.benchmark.structured;

import static org.apache.spark.sql.functions.expr;

import io.fieldwatch.benchmark.contract.Settings;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * {@code structured-streaming-sql}: {@code from_json}, {@code dropDuplicatesWithinWatermark},
 * {@code window} and {@code percentile_approx}.
 *
 * <p>Duplicates are told on packs and not on readings, which is a tenth of the state. Both stateful
 * operators have to know the time by one column, though, so a pack goes as one row for each window
 * that it touches (one, rarely two). Counted are malformed packs in the observed metrics, late rows
 * in the operators' {@code numRowsDroppedByWatermark}.
 */
public final class StructuredSql {
  private static final String PACKS =
      """
      SELECT CAST(key AS STRING) AS device,
             from_json(CAST(value AS STRING),
               'ARRAY<STRUCT<bn: STRING, bt: DOUBLE, epoch: STRING, seq: BIGINT,
                             n: STRING, t: DOUBLE, v: DOUBLE>>') AS records
      FROM messages
      """;

  private static final String IS_PACK =
      """
      size(records) > 0 AND records[0].bn = concat(device, '/')
        AND records[0].epoch IS NOT NULL AND records[0].seq IS NOT NULL
        AND forall(records, r -> r.n IS NOT NULL AND r.v IS NOT NULL)
      """;

  private static final String READINGS =
      """
      SELECT device, records[0].epoch AS epoch, records[0].seq AS seq,
             transform(records, r -> named_struct(
               'sensor', r.n,
               'millis', CAST(round((records[0].bt + coalesce(r.t, 0)) * 1000) AS BIGINT),
               'value', r.v)) AS readings
      FROM packs WHERE isPack
      """;

  private static final String SLICES =
      """
      SELECT device, epoch, seq, start, slice,
             timestamp_millis(array_max(transform(slice, r -> r.millis))) AS time
      FROM (
        SELECT device, epoch, seq, start,
               filter(readings, r -> r.millis - r.millis %% %1$d = start) AS slice
        FROM readings
        LATERAL VIEW explode(
          array_distinct(transform(readings, r -> r.millis - r.millis %% %1$d))) AS start)
      """;

  private static final String WINDOWS =
      """
      SELECT device AS key,
             concat_ws(',', sensor, unix_millis(window.start), count, mean, stddev, min, max, p95)
               AS value
      FROM (
        SELECT device, sensor, window(time, '%1$d milliseconds') AS window,
               count(*) AS count, avg(value) AS mean,
               coalesce(stddev_samp(value), 0D) AS stddev,
               min(value) AS min, max(value) AS max,
               percentile_approx(value, 0.95) AS p95
        FROM (SELECT device, time, inline(slice) FROM slices)
        GROUP BY device, sensor, window(time, '%1$d milliseconds'))
      """;

  private StructuredSql() {}

  public static void main(String[] arguments) throws TimeoutException, StreamingQueryException {
    Settings settings = Settings.of(arguments);
    StructuredQuery query = new StructuredQuery(settings);
    query.run(windows(settings, query.messages(), query.session()));
  }

  private static Dataset<Row> windows(
      Settings settings, Dataset<Row> messages, SparkSession session) {
    long windowMillis = settings.window().toMillis();
    messages.createOrReplaceTempView("messages");
    session
        .sql(PACKS)
        .withColumn("isPack", expr("coalesce(" + IS_PACK + ", false)"))
        .observe("packs", expr("count_if(NOT isPack) AS malformed"))
        .createOrReplaceTempView("packs");
    session.sql(READINGS).createOrReplaceTempView("readings");
    session
        .sql(SLICES.formatted(windowMillis))
        .withWatermark("time", settings.lateness().toMillis() + " milliseconds")
        .dropDuplicatesWithinWatermark("device", "epoch", "seq", "start")
        .createOrReplaceTempView("slices");
    return session.sql(WINDOWS.formatted(windowMillis));
  }
}
