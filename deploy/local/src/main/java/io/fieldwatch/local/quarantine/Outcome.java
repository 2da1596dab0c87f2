package io.fieldwatch.local.quarantine;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.stack.Endpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What came of messages that were sent again.
 *
 * @param isKnown whether the job has read them all by now
 * @param refusedAgain how many were refused again, wholly or in part, by reason
 */
public record Outcome(boolean isKnown, Map<String, Long> refusedAgain) {
  private static final long PACE_MILLIS = 500;

  public Outcome {
    refusedAgain = new TreeMap<>(refusedAgain);
  }

  /** Looks for messages that come back; made before they are sent. For one thread. */
  public static final class Watch implements AutoCloseable {
    private final QuarantineLog log;
    private final InfluxQuery influxDb;

    public Watch(Endpoints endpoints) {
      this.log = QuarantineLog.fromEnd(endpoints.kafkaBootstrap());
      this.influxDb = endpoints.influxQuery();
    }

    /**
     * Waits until the job has read everything that was in Kafka before this call.
     *
     * @param wait the longest it waits
     */
    public Outcome await(Set<String> ids, Duration wait) throws IOException, InterruptedException {
      long calledAt = System.currentTimeMillis();
      long giveUp = System.nanoTime() + wait.toNanos();
      boolean known = hasCaughtUpSince(calledAt);
      while (!known && System.nanoTime() < giveUp) {
        Thread.sleep(PACE_MILLIS);
        known = hasCaughtUpSince(calledAt);
      }
      Map<String, Long> refused = new TreeMap<>();
      log.readNew(
          message ->
              message
                  .replayOf()
                  .filter(ids::contains)
                  .ifPresent(id -> refused.merge(message.reason(), 1L, Long::sum)));
      return new Outcome(known, refused);
    }

    @Override
    public void close() {
      log.close();
    }

    /** A batch reads to the end of the log as it is when the batch begins. */
    private boolean hasCaughtUpSince(long millis) throws IOException, InterruptedException {
      return influxDb.run("SELECT lag_packs FROM pipeline WHERE time > " + millis + "ms").stream()
          .anyMatch(row -> row.count("lag_packs") == 0);
    }
  }
}
