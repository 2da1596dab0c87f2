package io.fieldwatch.connect.ack;

import static java.util.Objects.requireNonNull;

import java.util.zip.CRC32C;

/**
 * What a broker delivered with QoS 1, told apart from other deliveries without keeping its bytes.
 *
 * @param packetId the MQTT packet identifier, {@code 1..65535}; a broker uses it for another
 *     message only after it has our PUBACK, or in a new session
 * @param topic the MQTT topic
 * @param length the payload's bytes
 * @param checksum CRC-32C of the payload
 */
public record Delivery(int packetId, String topic, int length, int checksum) {
  private static final int MAX_PACKET_ID = 65_535;

  public Delivery {
    requireNonNull(topic, "topic is null");
    if (packetId < 1 || packetId > MAX_PACKET_ID) {
      throw new IllegalArgumentException("Invalid packet id " + packetId + ": must be 1..65535");
    }
    if (length < 0) {
      throw new IllegalArgumentException("Invalid length " + length + ": must not be negative");
    }
  }

  /** The delivery of these bytes. */
  public static Delivery of(int packetId, String topic, byte[] payload) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    return new Delivery(packetId, topic, payload.length, (int) checksum.getValue());
  }
}
