package io.fieldwatch.local.fleet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.local.port.Ports;
import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.Launch;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.process.PidFile;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatusJson;
import io.fieldwatch.topic.DeviceTopic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int DEVICES = 20;

  private final Map<DeviceId, List<Long>> seqs = new ConcurrentHashMap<>();
  private final Map<DeviceId, DeviceStatus> statuses = new ConcurrentHashMap<>();
  private final Path folder;
  private final URI address;
  private ChildProcess broker;

  FleetIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    int port = Ports.keptIn(folder.resolve("ports"), new Random()).port("mqtt");
    this.address = URI.create("tcp://127.0.0.1:" + port);
  }

  @BeforeEach
  void start_a_broker() throws IOException {
    Launch launch =
        Launch.of(folder, List.of("/usr/sbin/mosquitto", "-p", String.valueOf(address.getPort())));
    broker =
        ChildProcess.start(
            launch, new PidFile(folder.resolve("pid")), new LogFile(folder.resolve("log")));
  }

  @AfterEach
  void stop_the_broker() throws IOException, InterruptedException {
    broker.kill();
  }

  @Test
  void every_device_publishes_at_its_pace_and_tells_how_much() throws Exception {
    // Given
    long readings;
    try (MqttClient subscriber = subscribe();
        Fleet fleet = new Fleet(address, DEVICES, 3, BOUND)) {
      // When
      fleet.publish(Duration.ofSeconds(2), 10);
      fleet.finish(BOUND);

      // Then
      readings = fleet.readings();
      assertThat(fleet.unacknowledged()).isZero();
      await().atMost(BOUND).until(() -> ended() == DEVICES);
      subscriber.disconnect();
    }
    assertThat(readings).isBetween(3 * DEVICES * 19L, 3 * DEVICES * 20L);
    assertThat(seqs).hasSize(DEVICES);
    assertThat(seqs.values()).allSatisfy(FleetIT::isGapless);
    assertThat(seqs).allSatisfy((device, of) -> assertThat(counts(device)).isEqualTo(of.size()));
    assertThat(seqs.values().stream().mapToLong(List::size).sum() * 3).isEqualTo(readings);
  }

  @Test
  void a_broker_that_is_gone_ends_it() throws Exception {
    try (MqttClient subscriber = subscribe();
        Fleet fleet = new Fleet(address, DEVICES, 3, BOUND)) {
      assertThat(subscriber.isConnected()).isTrue();

      // When
      broker.kill();

      // Then
      assertThatThrownBy(() -> fleet.publish(BOUND, 10)).isInstanceOf(IOException.class);
    }
  }

  private MqttClient subscribe() throws Exception {
    MqttClient subscriber =
        new MqttClient(address.toString(), "subscriber", new MemoryPersistence());
    await().atMost(BOUND).ignoreExceptions().until(() -> connected(subscriber));
    subscriber.subscribe(
        DeviceTopic.Channel.TELEMETRY.filter(),
        1,
        (topic, message) -> pack(topic, message.getPayload()));
    subscriber.subscribe(
        DeviceTopic.Channel.STATUS.filter(),
        1,
        (topic, message) ->
            statuses.put(device(topic), DeviceStatusJson.read(message.getPayload())));
    return subscriber;
  }

  private static boolean connected(MqttClient client) throws Exception {
    client.connect();
    return client.isConnected();
  }

  private void pack(String topic, byte[] payload) throws Exception {
    PackBuffer pack = new PackBuffer();
    new PackDecoder(PackDecoder.Limits.DEFAULT)
        .decode(payload, device(topic), System.currentTimeMillis(), pack);
    assertThat(pack.size()).isEqualTo(3);
    seqs.computeIfAbsent(pack.device(), device -> new ArrayList<>()).add(pack.seq());
  }

  private static DeviceId device(String topic) {
    return DeviceTopic.parse(topic).orElseThrow().device();
  }

  private long counts(DeviceId device) {
    return requireNonNull(statuses.get(device)).counts().orElseThrow().producedPacks();
  }

  private long ended() {
    return statuses.values().stream()
        .filter(status -> status.state() == DeviceStatus.State.OFFLINE)
        .count();
  }

  private static void isGapless(List<Long> seqs) {
    assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, seqs.size()).boxed().toList());
  }
}
