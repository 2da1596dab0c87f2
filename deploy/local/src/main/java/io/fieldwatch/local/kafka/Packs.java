package io.fieldwatch.local.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.topic.DeviceTopic.Channel;
import io.fieldwatch.topic.KafkaTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Tells packs from the status messages that lie among them in {@code fieldwatch.readings}. */
public final class Packs {
  private static final String TELEMETRY = '/' + Channel.TELEMETRY.level();

  private Packs() {}

  /** Whether a record came from a telemetry topic; one that does not say where from is a pack. */
  public static boolean isPack(ConsumerRecord<byte[], byte[]> record) {
    Header topic = record.headers().lastHeader(KafkaTopics.HEADER_MQTT_TOPIC);
    return topic == null || new String(topic.value(), UTF_8).endsWith(TELEMETRY);
  }
}
