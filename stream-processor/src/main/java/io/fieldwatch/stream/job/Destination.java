package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.PointWriter;
import java.io.Serializable;

/** Where the job's results go. Travels to the executors with every task. */
public interface Destination extends Serializable {
  /**
   * Begins the delivery of one partition's part of a batch, on the thread of its task.
   *
   * @param nowMillis when the batch began
   */
  Delivery begin(StreamConfig config, Model model, long nowMillis);

  /** Takes what is refused, and what is in a partition of another's. */
  default RecordSender records(StreamConfig config) {
    return Outlets.of(config).producer()::send;
  }

  /** Takes what the job says of itself, in the driver's process. */
  PointWriter ownPoints(StreamConfig config);
}
