package io.fieldwatch.model.training;

import java.io.Serializable;

/** A stretch of a partition of a Kafka topic, half open. */
record LogRange(String topic, int partition, long fromOffset, long untilOffset)
    implements Serializable {
  LogRange {
    if (fromOffset > untilOffset) {
      throw new IllegalArgumentException(
          "Invalid range of %s-%d: %d to %d".formatted(topic, partition, fromOffset, untilOffset));
    }
  }

  long length() {
    return untilOffset - fromOffset;
  }

  @Override
  public String toString() {
    return partition + ":" + fromOffset + "-" + untilOffset;
  }
}
