package io.fieldwatch.topic;

/** The Kafka topics and record headers that the modules agree on. Keys are {@code site/device}. */
public final class KafkaTopics {
  /** Packs as the devices sent them, bytes unchanged. */
  public static final String READINGS = "fieldwatch.readings";

  /** Status messages as the agents sent them. */
  public static final String STATUS = "fieldwatch.status";

  /** Messages that could not be used, with the reason in {@code quarantine.*} headers. */
  public static final String QUARANTINE = "fieldwatch.quarantine";

  /**
   * What was sent again from quarantine, so that nothing is sent twice; compacted. The key says
   * which message, as {@code quarantine.replayed} does; the value is {@code begun} before and
   * {@code done} after it was sent.
   */
  public static final String REPLAYED = "fieldwatch.replayed";

  /** Header: the MQTT topic the message came from, UTF-8. */
  public static final String HEADER_MQTT_TOPIC = "mqtt.topic";

  /** Header: the MQTT 5 content type, UTF-8; absent when the publisher gave none. */
  public static final String HEADER_CONTENT_TYPE = "content.type";

  /** Header: quality of service of the delivery, decimal text. */
  public static final String HEADER_MQTT_QOS = "mqtt.qos";

  /** Header: whether the broker sent it as a retained message, {@code true} or {@code false}. */
  public static final String HEADER_MQTT_RETAINED = "mqtt.retained";

  /**
   * Header: when the connector took the message from the broker, milliseconds since the Unix epoch
   * as decimal text. The Kafka record's timestamp is the same instant; it is the record's ingest
   * time.
   */
  public static final String HEADER_MQTT_RECEIVED = "mqtt.received";

  private KafkaTopics() {}
}
