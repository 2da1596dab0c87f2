package io.fieldwatch.stream.pulse;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects one partition's part of a batch. For the one thread of its task, which it never fails:
 * what goes wrong here costs the summary, not the batch.
 *
 * <p>Bounded: a device beyond the first {@value #MOST_DEVICES} that are flagged in one partition
 * and batch is counted, and not named.
 */
public final class SummaryCollector {
  private static final Logger log = LoggerFactory.getLogger(SummaryCollector.class);
  static final int MOST_DEVICES = 1_000;

  private final Map<String, Long> flaggedByDevice = new HashMap<>();
  private final Map<String, Long> refusedByReason = new HashMap<>();
  private final Stopwatch ingest = new Stopwatch();
  private final Stopwatch queue = new Stopwatch();
  private boolean lost;

  /** Readings of one time were stored. */
  public void stored(long eventMillis, long ingestMillis, int readings) {
    ingest.took(ingestMillis - eventMillis, readings);
  }

  /** A pack was read from the log. */
  public void read(long ingestMillis, long batchBeginMillis) {
    queue.took(batchBeginMillis - ingestMillis, 1);
  }

  /** A window of the device was flagged. */
  public void flagged(DeviceId device) {
    guarded(
        () -> {
          String key = device.key();
          if (flaggedByDevice.size() < MOST_DEVICES || flaggedByDevice.containsKey(key)) {
            flaggedByDevice.merge(key, 1L, Long::sum);
          }
        });
  }

  /** A message, or a part of it, was sent to quarantine. */
  public void refused(Reason reason) {
    guarded(() -> refusedByReason.merge(reason.code(), 1L, Long::sum));
  }

  /**
   * All of it, or {@link BatchSummary#LOST}.
   *
   * @param storeMillis from the beginning of the batch to InfluxDB's last answer
   */
  public BatchSummary summary(Totals totals, long storeMillis) {
    BatchSummary[] made = {BatchSummary.LOST};
    guarded(() -> made[0] = make(totals, storeMillis));
    return lost ? BatchSummary.LOST : made[0];
  }

  private BatchSummary make(Totals totals, long storeMillis) {
    Stopwatch store = new Stopwatch();
    if (totals.packs() > 0) {
      store.took(storeMillis, 1);
    }
    return new BatchSummary(
        totals,
        new HopTimes(ingest.time(), queue.time(), store.time()),
        flaggedByDevice,
        refusedByReason);
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (!lost) {
        log.warn("Cannot sum a batch up for the pulse, going on without", e);
      }
      lost = true;
    }
  }

  private static final class Stopwatch {
    /** A device may send what it kept for years; more would only overflow the sum. */
    private static final long LONGEST_MILLIS = 10L * 365 * 24 * 3600 * 1000;

    private long passages;
    private long sumMillis;
    private long maxMillis;

    /** Clocks differ: a passage that ended before it began took no time. */
    void took(long millis, int times) {
      long bounded = Math.max(0, Math.min(LONGEST_MILLIS, millis));
      passages += times;
      sumMillis += times * bounded;
      maxMillis = Math.max(maxMillis, bounded);
    }

    HopTime time() {
      return new HopTime(passages, sumMillis, maxMillis);
    }
  }
}
