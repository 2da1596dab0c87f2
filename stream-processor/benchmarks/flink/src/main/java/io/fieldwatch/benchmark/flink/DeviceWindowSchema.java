package io.fieldwatch.benchmark.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A window as it is appended. */
final class DeviceWindowSchema implements KafkaRecordSerializationSchema<DeviceWindow> {
  private final String topic;

  DeviceWindowSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeviceWindow window, KafkaSinkContext context, @Nullable Long timestamp) {
    return new ProducerRecord<>(topic, window.device().getBytes(UTF_8), window.window().write());
  }
}
