package io.fieldwatch.local.kafka;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatusJson;
import io.fieldwatch.topic.KafkaTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows what agents say of themselves, from the beginning. For one thread. */
public final class StatusReader implements AutoCloseable {
  private final TopicReader reader;

  public StatusReader(String bootstrap) {
    this.reader = TopicReader.fromBeginning(bootstrap, KafkaTopics.STATUS);
  }

  /**
   * Hands over all that was written before this call and not handed over yet, in order of writing.
   * What is no status is left out.
   */
  public void readNew(BiConsumer<DeviceId, DeviceStatus> to) {
    reader.readToEnd(Duration.ofSeconds(20), record -> hand(record, to));
  }

  private static void hand(
      ConsumerRecord<byte[], byte[]> record, BiConsumer<DeviceId, DeviceStatus> to) {
    DeviceId device;
    DeviceStatus status;
    try {
      device = DeviceId.parse(new String(record.key(), StandardCharsets.UTF_8));
      status = DeviceStatusJson.read(record.value());
    } catch (IllegalArgumentException | NullPointerException foreign) {
      // A device may say anything here, or clear its retained status with an empty message.
      return;
    }
    to.accept(device, status);
  }

  @Override
  public void close() {
    reader.close();
  }
}
