package io.fieldwatch.local.bench;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** What the stream job says of itself in InfluxDB. */
public record Pipeline(InfluxQuery influxDb) {
  private static final Duration GIVE_UP = Duration.ofMinutes(5);

  public Pipeline(Stack stack) {
    this(stack.endpoints().influxQuery());
  }

  /** Blocks until the first window is in InfluxDB. */
  public void awaitWindow() throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + GIVE_UP.toNanos();
    while (influxDb.run("SELECT count FROM \"window\" LIMIT 1").isEmpty()) {
      if (System.nanoTime() > giveUp) {
        throw new IOException("Cannot measure: no window after " + GIVE_UP);
      }
      Thread.sleep(100);
    }
  }

  long readings(long fromMillis, long toMillis) throws IOException, InterruptedException {
    return between("sum(readings) AS readings", fromMillis, toMillis).stream()
        .mapToLong(row -> row.count("readings"))
        .sum();
  }

  /**
   * By how many readings a second the backlog grew: its mean in the last third of the time less its
   * mean in the first. Between batches it rises and falls by what one batch takes, so single values
   * say nothing.
   */
  double backlogGrowth(long fromMillis, long toMillis) throws IOException, InterruptedException {
    long third = (toMillis - fromMillis) / 3;
    double packs = meanLag(toMillis - third, toMillis) - meanLag(fromMillis, fromMillis + third);
    double readingsPerPack =
        (double) readings(fromMillis, toMillis) / Math.max(1, packs(fromMillis, toMillis));
    return packs * readingsPerPack / (2 * third / 1000.0);
  }

  /** For each batch of the time, the worst latency but for one in a hundred readings. */
  public List<Double> latencyP99Millis(long fromMillis, long toMillis)
      throws IOException, InterruptedException {
    return between("latency_p99_ms", fromMillis, toMillis).stream()
        .map(row -> row.number("latency_p99_ms").orElse(Double.NaN))
        .toList();
  }

  private double meanLag(long fromMillis, long toMillis) throws IOException, InterruptedException {
    return between("mean(lag_packs) AS lag", fromMillis, toMillis).stream()
        .mapToDouble(row -> row.number("lag").orElse(Double.NaN))
        .sum();
  }

  private long packs(long fromMillis, long toMillis) throws IOException, InterruptedException {
    return between("sum(packs) AS packs", fromMillis, toMillis).stream()
        .mapToLong(row -> row.count("packs"))
        .sum();
  }

  Histogram latencies(long fromMillis, long toMillis) throws IOException, InterruptedException {
    Histogram all = new Histogram(2);
    for (Row row : between("latency_hdr", fromMillis, toMillis)) {
      byte[] encoded = Base64.getDecoder().decode(row.text("latency_hdr").orElseThrow());
      try {
        all.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0));
      } catch (DataFormatException e) {
        throw new IOException("Cannot read the job's latencies: " + e.getMessage(), e);
      }
    }
    return all;
  }

  private List<Row> between(String what, long fromMillis, long toMillis)
      throws IOException, InterruptedException {
    return influxDb.run(
        "SELECT %s FROM pipeline WHERE time >= %dms AND time < %dms"
            .formatted(what, fromMillis, toMillis));
  }
}
