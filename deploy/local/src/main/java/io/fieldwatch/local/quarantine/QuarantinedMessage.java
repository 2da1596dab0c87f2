package io.fieldwatch.local.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.DeviceTopic.Channel;
import io.fieldwatch.topic.KafkaTopics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record of {@code fieldwatch.quarantine}: a message, or a part of one, that was refused. */
public final class QuarantinedMessage {
  /** The origin of messages that the connector refused, which says nothing about which one. */
  private static final String FROM_BROKER = "mqtt";

  private static final String OURS = "quarantine.";

  private final ConsumerRecord<byte[], byte[]> record;

  public QuarantinedMessage(ConsumerRecord<byte[], byte[]> record) {
    this.record = record;
  }

  /**
   * Names the message for ever: its place in Kafka before it was refused, or its place in
   * quarantine where it never had another. Parts of a message that were refused for several reasons
   * share it.
   */
  public String id() {
    String origin = header(QuarantineHeaders.ORIGIN).orElse(FROM_BROKER);
    return origin.equals(FROM_BROKER)
        ? "%s/%d@%d".formatted(record.topic(), record.partition(), record.offset())
        : origin;
  }

  /** A {@link Reason#code()}, or one of a later version. */
  public String reason() {
    return header(QuarantineHeaders.REASON).orElse("?");
  }

  public String detail() {
    return header(QuarantineHeaders.DETAIL).orElse("");
  }

  /** How many readings were refused; empty where the message could not be decoded. */
  public OptionalInt readings() {
    Optional<Integer> count =
        header(QuarantineHeaders.READINGS)
            .filter(text -> text.matches("\\d{1,9}"))
            .map(Integer::valueOf);
    return count.isPresent() ? OptionalInt.of(count.get()) : OptionalInt.empty();
  }

  /** Whose it is, as far as that is known. */
  public Optional<DeviceId> device() {
    if (record.key() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(DeviceId.parse(new String(record.key(), UTF_8)));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /** When it was taken from the broker. */
  public Instant time() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** The message's bytes; nobody changes them. */
  public byte[] bytes() {
    return record.value() == null ? new byte[0] : record.value();
  }

  /** All headers as text, in their order. */
  public List<String> headers() {
    return StreamSupport.stream(record.headers().spliterator(), false)
        .map(header -> header.key() + ": " + text(header))
        .toList();
  }

  /** Why it cannot be sent again; empty if it can. */
  public Optional<String> hindrance() {
    if (reason().equals(Reason.POINT_REFUSED.code())) {
      return Optional.of("a point is no message; the readings behind it are stored");
    }
    if (isOfAnotherChannel()) {
      return Optional.of("it is no telemetry; what it said has been said anew since");
    }
    if (readings().isPresent()) {
      // Its seq is consumed where it has one; where it has none, the rest would be stored again.
      return Optional.of(
          "the pack was decoded, and the ledger has booked each of its readings; it would count"
              + " twice");
    }
    if (header(QuarantineHeaders.TRUNCATED).isPresent()) {
      return Optional.of("only the head of the message was kept");
    }
    if (device().isEmpty()) {
      return Optional.of("it is no device's; the sender's topic must change, or the connector's");
    }
    return Optional.empty();
  }

  byte[] key() {
    return record.key();
  }

  /** The headers that the message had before it was refused. */
  List<Header> originalHeaders() {
    return StreamSupport.stream(record.headers().spliterator(), false)
        .filter(header -> !header.key().startsWith(OURS))
        .toList();
  }

  /** The {@link #id()} of what this was, if it was sent again and refused again. */
  Optional<String> replayOf() {
    return header(QuarantineHeaders.REPLAYED);
  }

  private boolean isOfAnotherChannel() {
    return header(KafkaTopics.HEADER_MQTT_TOPIC)
        .flatMap(DeviceTopic::parse)
        .filter(topic -> topic.channel() != Channel.TELEMETRY)
        .isPresent();
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .filter(header -> header.value() != null)
        .map(QuarantinedMessage::text);
  }

  /** On one line, fit for a terminal. */
  private static String text(Header header) {
    return header.value() == null
        ? ""
        : new String(header.value(), UTF_8).replaceAll("[\\p{Cntrl}\\x{FFFD}]", "?");
  }
}
