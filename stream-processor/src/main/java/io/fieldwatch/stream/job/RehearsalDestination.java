package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.Lines;
import io.fieldwatch.stream.influx.PointWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Results are made into points and records, as for InfluxDB and Kafka, and go nowhere. */
record RehearsalDestination() implements Destination {
  private static final long serialVersionUID = 1;

  @Override
  public Delivery begin(StreamConfig config, Model model, long nowMillis) {
    return new InfluxDestination.InfluxDelivery(
        new Points(model, config.rules(), nowMillis), ownPoints(config));
  }

  @Override
  public RecordSender records(StreamConfig config) {
    return CompletableFuture::completedFuture;
  }

  @Override
  public PointWriter ownPoints(StreamConfig config) {
    return new Nowhere();
  }

  private static final class Nowhere implements PointWriter {
    @Override
    public List<Refused> write(Lines lines) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
