package io.fieldwatch.local.recovery;

import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** A stack that is fed from Kafka, with a job that is often told to write what it knows. */
record Pipeline(Stack stack, InfluxQuery influx) implements AutoCloseable {
  static final Duration BOUND = Duration.ofMinutes(3);

  static Pipeline in(Path folder) throws IOException, InterruptedException {
    return in(folder, "2s");
  }

  /**
   * @param snapshotEvery as in the job's configuration
   */
  static Pipeline in(Path folder, String snapshotEvery) throws IOException, InterruptedException {
    Stack stack =
        Stack.in(folder.resolve("stack"))
            .withoutMqtt()
            .jobSetting("devicePace", "2s")
            .jobSetting("snapshotEvery", snapshotEvery)
            .start();
    return new Pipeline(stack, new InfluxQuery(stack.endpoints().influxDb(), "fieldwatch"));
  }

  /** Twenty devices, two thousand readings a second. */
  SeededLoad load(int seed, String epoch) {
    return new SeededLoad(stack.endpoints().kafkaBootstrap(), seed, epoch, 20, 2_000);
  }

  /** The sum of a field over what the job has said of itself. */
  double sum(String field, String measurement) throws IOException, InterruptedException {
    List<Row> rows = influx.run("SELECT sum(%s) AS total FROM %s".formatted(field, measurement));
    return rows.isEmpty() ? 0 : rows.get(0).number("total").orElse(0);
  }

  void awaitMoreStored(double readings) throws IOException, InterruptedException {
    double before = sum("readings", "pipeline");
    awaitUntil(() -> sum("readings", "pipeline") > before + readings);
  }

  static void awaitUntil(Callable<Boolean> condition) {
    await().atMost(BOUND).until(condition);
  }

  @Override
  public void close() throws IOException {
    stack.close();
  }
}
