package io.fieldwatch.benchmark.structured;

import static org.apache.spark.sql.functions.col;

import io.fieldwatch.benchmark.contract.Settings;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQueryException;

/**
 * {@code structured-streaming-shared}: Fieldwatch's decoder and windows in {@code
 * flatMapGroupsWithState}, one state per device, read and written once per batch in which the
 * device has packs.
 */
public final class StructuredShared {
  private StructuredShared() {}

  public static void main(String[] arguments) throws TimeoutException, StreamingQueryException {
    Settings settings = Settings.of(arguments);
    StructuredQuery query = new StructuredQuery(settings);
    query.run(
        query
            .messages()
            .selectExpr(
                "CAST(key AS STRING) AS device", "offset", "unix_millis(timestamp)", "value")
            .groupBy(col("device"))
            .as(
                Encoders.STRING(),
                Encoders.tuple(
                    Encoders.STRING(), Encoders.LONG(), Encoders.LONG(), Encoders.BINARY()))
            .flatMapGroupsWithState(
                new DeviceFunction(settings.window(), settings.lateness()),
                OutputMode.Append(),
                Encoders.BINARY(),
                Encoders.tuple(Encoders.STRING(), Encoders.BINARY()),
                GroupStateTimeout.NoTimeout())
            .toDF("key", "value"));
  }
}
