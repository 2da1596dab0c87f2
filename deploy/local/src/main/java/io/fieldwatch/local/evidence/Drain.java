package io.fieldwatch.local.evidence;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.time.Duration;

/** Waits until what the agents sent is stored. */
public final class Drain {
  private static final long PACE_MILLIS = 500;

  private Drain() {}

  /**
   * Returns when nothing new came into Kafka between two looks and the job has no lag, or when the
   * bound is over; what is not stored then stays in Kafka and is stored after the next start.
   */
  public static void await(Endpoints endpoints, Duration bound)
      throws IOException, InterruptedException {
    InfluxQuery influxDb = endpoints.influxQuery();
    long giveUp = System.nanoTime() + bound.toNanos();
    try (TopicReader readings =
        TopicReader.fromEnd(endpoints.kafkaBootstrap(), KafkaTopics.READINGS)) {
      long before = -1;
      long now = readings.written();
      while ((now != before || lag(influxDb) > 0) && System.nanoTime() < giveUp) {
        Thread.sleep(PACE_MILLIS);
        before = now;
        now = readings.written();
      }
    }
  }

  private static long lag(InfluxQuery influxDb) throws IOException, InterruptedException {
    return influxDb.run("SELECT last(lag_packs) AS lag_packs FROM pipeline").stream()
        .mapToLong((Row row) -> row.count("lag_packs"))
        .sum();
  }
}
