package io.fieldwatch.local.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatusJson;
import io.fieldwatch.topic.DeviceTopic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One device with a connection of its own. For the one thread of its fleet. */
final class Client {
  private static final int MAX_PACKET_ID = 65_535;
  private static final String EPOCH = "fleet";

  private final DeviceId id;
  private final int sensors;
  private final Random random;
  private final byte[] telemetry;
  private final byte[] status;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
  private final ByteBuffer answers = ByteBuffer.allocate(1 << 12);
  private int packetId;
  private long packs;
  private long unacknowledged;
  private boolean connected;

  /** Connects, which blocks; the session is open when {@link #isConnected()}. */
  Client(DeviceId id, int sensors, long seed, InetSocketAddress broker, Selector selector)
      throws IOException {
    this.id = id;
    this.sensors = sensors;
    this.random = new Random(seed);
    this.telemetry = new DeviceTopic(id, DeviceTopic.Channel.TELEMETRY).name().getBytes(UTF_8);
    this.status = new DeviceTopic(id, DeviceTopic.Channel.STATUS).name().getBytes(UTF_8);
    this.channel = SocketChannel.open(broker);
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ, this);
    send(MqttPackets.connect(id.device()));
  }

  boolean isConnected() {
    return connected;
  }

  /** Messages without PUBACK. */
  long unacknowledged() {
    return unacknowledged;
  }

  long readings() {
    return packs * sensors;
  }

  /** Sends a pack of one reading of each sensor, measured now. */
  void sendPack(long nowMillis) throws IOException {
    List<Reading> readings = new ArrayList<>(sensors);
    for (int sensor = 0; sensor < sensors; sensor++) {
      double value = Math.round(100 * (20 + random.nextGaussian())) / 100.0;
      readings.add(new Reading("sensor-" + sensor, nowMillis, value, "Cel"));
    }
    Pack pack = new Pack(id, Optional.of(new PackId(EPOCH, ++packs)), readings);
    unacknowledged++;
    send(MqttPackets.publish(telemetry, nextPacketId(), SenmlWriter.toJson(pack)));
  }

  /** Says how much there was so far, as an agent does. */
  void announce(DeviceStatus.State state, String reason) throws IOException {
    DeviceStatus.Counts counts =
        new DeviceStatus.Counts(readings(), packs, packs, readings(), 0, 0, 0);
    DeviceStatus message =
        new DeviceStatus(
            state,
            reason,
            EPOCH,
            "0.1.0",
            System.currentTimeMillis(),
            Optional.of(counts),
            List.of(new DeviceStatus.Sensor("sensor-0", "Cel", Duration.ofSeconds(1))));
    unacknowledged++;
    send(MqttPackets.publishRetained(status, nextPacketId(), DeviceStatusJson.write(message)));
  }

  /** Reads the answers that have come. */
  void read() throws IOException {
    while (true) {
      int count = channel.read(answers);
      if (count < 0) {
        throw new IOException("The broker has closed the connection of " + id);
      }
      answers.flip();
      while (answers.remaining() >= MqttPackets.ANSWER_BYTES) {
        answered(answers.getInt());
      }
      answers.compact();
      if (count == 0) {
        return;
      }
    }
  }

  private void answered(int packet) throws IOException {
    switch (packet >>> 28) {
      case MqttPackets.CONNACK -> connected = true;
      case MqttPackets.PUBACK -> unacknowledged--;
      default -> throw new IOException("The broker sent %08x to %s".formatted(packet, id));
    }
  }

  /** Writes what the socket did not take before. */
  void flush() throws IOException {
    while (!unsent.isEmpty()) {
      ByteBuffer next = unsent.peek();
      channel.write(next);
      if (next.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
      unsent.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  void close() throws IOException {
    channel.close();
  }

  private void send(ByteBuffer packet) throws IOException {
    unsent.add(packet);
    if (unsent.size() == 1) {
      flush();
    }
  }

  private int nextPacketId() {
    packetId = packetId % MAX_PACKET_ID + 1;
    return packetId;
  }
}
