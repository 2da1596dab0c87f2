package io.fieldwatch.stream.job;

import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The partition that Kafka's producers choose for a key, in Java, in librdkafka with {@code
 * murmur2_random} and in Kafka Connect: murmur2 of its bytes, modulo the number of partitions.
 */
final class KeyPartition {
  private KeyPartition() {}

  static int of(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  /** Whether a record with a key is in another partition than its own. */
  static boolean isStray(byte @Nullable [] key, int partition, int partitions) {
    return key != null && of(key, partitions) != partition;
  }
}
