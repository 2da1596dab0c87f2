package io.fieldwatch.local.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The few packets of MQTT 3.1.1 that a publisher sends, as bytes ready to be written. */
final class MqttPackets {
  /** Every packet a publisher is sent, CONNACK and PUBACK, has this length. */
  static final int ANSWER_BYTES = 4;

  static final int CONNACK = 2;
  static final int PUBACK = 4;

  private static final byte CONNECT = 0x10;
  private static final byte PUBLISH_QOS_1 = 0x32;
  private static final byte RETAIN = 0x01;
  private static final byte CLEAN_SESSION = 0x02;
  private static final byte PROTOCOL_LEVEL = 4;

  private MqttPackets() {}

  /** Opens a clean session without keep-alive. */
  static ByteBuffer connect(String clientId) {
    byte[] id = clientId.getBytes(UTF_8);
    ByteBuffer packet = packet(CONNECT, 12 + id.length);
    text(packet, "MQTT".getBytes(UTF_8));
    packet.put(PROTOCOL_LEVEL).put(CLEAN_SESSION).putShort((short) 0);
    text(packet, id);
    return packet.flip();
  }

  static ByteBuffer publish(byte[] topic, int packetId, byte[] payload) {
    return publish(PUBLISH_QOS_1, topic, packetId, payload);
  }

  static ByteBuffer publishRetained(byte[] topic, int packetId, byte[] payload) {
    return publish((byte) (PUBLISH_QOS_1 | RETAIN), topic, packetId, payload);
  }

  private static ByteBuffer publish(byte type, byte[] topic, int packetId, byte[] payload) {
    ByteBuffer packet = packet(type, 4 + topic.length + payload.length);
    text(packet, topic);
    packet.putShort((short) packetId).put(payload);
    return packet.flip();
  }

  private static ByteBuffer packet(byte type, int remaining) {
    ByteBuffer packet = ByteBuffer.allocate(5 + remaining);
    packet.put(type);
    int rest = remaining;
    while (rest > 0x7F) {
      packet.put((byte) (rest | 0x80));
      rest >>= 7;
    }
    return packet.put((byte) rest);
  }

  private static void text(ByteBuffer packet, byte[] text) {
    packet.putShort((short) text.length).put(text);
  }
}
