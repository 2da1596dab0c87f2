package io.fieldwatch.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, a real broker, and what a subscriber sees of them. */
class AgentIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String DEVICE = "lab/sim-002";

  private final Path folder;
  private final Mosquitto broker;
  private final Subscriber subscriber;

  AgentIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.broker = new Mosquitto(folder.resolve("broker"));
    broker.start();
    this.subscriber = new Subscriber(broker.uri());
  }

  @AfterEach
  void stopBroker() throws Exception {
    subscriber.close();
    broker.close();
  }

  @Test
  void publishesEveryReadingInOrderAndSaysGoodbye() throws Exception {
    try (AgentProcess agent = AgentProcess.start(fleet(), 3)) {
      // Given
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= 20);

      // When
      int exitCode = agent.terminate();

      // Then
      assertThat(exitCode).isZero();
      await().atMost(LONG).until(() -> subscriber.hasStatus(DEVICE, "stopped"));
      DeviceStatus status = subscriber.statusOf(DEVICE);
      assertThat(status.state()).isEqualTo(State.OFFLINE);
      DeviceStatus.Counts counts = status.counts().orElseThrow();
      assertThat(counts.spoolPacks()).isZero();
      assertThat(counts.droppedReadings()).isZero();
      List<Pack> packs = subscriber.packsOf(DEVICE);
      assertThat(seqs(packs)).isEqualTo(oneTo(counts.producedPacks()));
      assertThat(readings(packs)).hasSize((int) counts.producedReadings());
      assertThat(agent.readyLines())
          .anyMatch(line -> line.equals("ready device=" + DEVICE + " epoch=" + status.epoch()));
      assertThat(subscriber.faults()).isEmpty();
    }
  }

  @Test
  void losesNothingWhenTheAgentIsKilledUnderLoad() throws Exception {
    // Given
    Path config = fleet();
    for (int kill = 1; kill <= 2; kill++) {
      try (AgentProcess agent = AgentProcess.start(config, 3)) {
        int before = subscriber.packsOf(DEVICE).size();
        await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= before + 15);
        agent.kill();
      }
    }

    // When
    try (AgentProcess agent = AgentProcess.start(config, 3)) {
      int before = subscriber.packsOf(DEVICE).size();
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= before + 10);
      assertThat(agent.terminate()).isZero();
    }

    // Then
    checkEverythingArrivedInOrder();
  }

  @Test
  void losesNothingWhenTheLinkIsCutAgainAndAgain() throws Exception {
    try (Link link = new Link(broker.port());
        AgentProcess agent = AgentProcess.start(fleet(link.uri()), 3)) {
      // When
      for (int cut = 1; cut <= 3; cut++) {
        int before = subscriber.packsOf(DEVICE).size();
        await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= before + 12);
        link.cut();
      }
      int before = subscriber.packsOf(DEVICE).size();
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= before + 12);
      assertThat(agent.terminate()).isZero();

      // Then
      checkEverythingArrivedInOrder();
    }
  }

  @Test
  void losesNothingWhenTheBrokerIsRestarted() throws Exception {
    try (AgentProcess agent = AgentProcess.start(fleet(), 3)) {
      // Given
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= 10);

      // When
      broker.stop();
      broker.start();
      subscriber.reconnect();
      int before = subscriber.packsOf(DEVICE).size();
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= before + 30);
      assertThat(agent.terminate()).isZero();

      // Then
      checkEverythingArrivedInOrder();
    }
  }

  @Test
  void goesOnWithoutAGapAtABrokerThatWasKilledAndHasForgottenEverything() throws Exception {
    try (AgentProcess agent = AgentProcess.start(fleet(), 3)) {
      // Given
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= 10);
      broker.kill();
      List<Long> before = seqs(firstDeliveries(subscriber.packsOf(DEVICE)));

      // When
      broker.start();
      subscriber.reconnect();
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= before.size() + 30);
      assertThat(agent.terminate()).isZero();

      // Then
      await().atMost(LONG).until(() -> subscriber.hasStatus(DEVICE, "stopped"));
      List<Long> all = seqs(firstDeliveries(subscriber.packsOf(DEVICE)));
      List<Long> after = all.subList(before.size(), all.size());
      assertThat(before).isEqualTo(oneTo(before.size()));
      assertThat(after)
          .isEqualTo(
              LongStream.rangeClosed(after.get(0), counts().producedPacks()).boxed().toList());
    }
  }

  @Test
  void startsWithoutABrokerAndDeliversWhatItReadMeanwhile() throws Exception {
    // Given
    broker.kill();
    try (AgentProcess agent = AgentProcess.start(fleet(), 3)) {
      Path segment = folder.resolve("spool/" + DEVICE + "/0000000001.seg");
      await().atMost(LONG).until(() -> Files.size(segment) > 100_000);

      // When
      broker.start();
      subscriber.reconnect();

      // Then
      await().atMost(LONG).until(() -> subscriber.packsOf(DEVICE).size() >= 30);
      assertThat(agent.terminate()).isZero();
      await().atMost(LONG).until(() -> subscriber.hasStatus(DEVICE, "stopped"));
      assertThat(seqs(firstDeliveries(subscriber.packsOf(DEVICE))))
          .endsWith(counts().producedPacks())
          .isSorted();
    }
  }

  @Test
  void leavesALastWillWhenItIsKilled() throws Exception {
    // Given
    try (AgentProcess agent = AgentProcess.start(fleet(), 3)) {
      await().atMost(LONG).until(() -> subscriber.hasStatus(DEVICE, "heartbeat"));
      assertThat(subscriber.statusOf(DEVICE).sensors()).hasSize(5);

      // When
      agent.kill();
    }

    // Then
    await().atMost(LONG).until(() -> subscriber.hasStatus(DEVICE, "connection-lost"));
    assertThat(subscriber.statusOf(DEVICE).state()).isEqualTo(State.OFFLINE);
    assertThat(subscriber.statusOf(DEVICE).counts()).isEqualTo(Optional.empty());
  }

  @Test
  void publishesFilesOfAFolderAndAReplay() throws Exception {
    // Given
    Path incoming = Files.createDirectories(folder.resolve("in"));
    Files.writeString(incoming.resolve("bad.csv"), "time,a\n1700000000,x\n");
    Path replayed =
        Files.writeString(
            folder.resolve("play.csv"),
            "time,a,b\n2023-11-14 22:13:20,1,2\n2023-11-14 22:13:30,3,\n");
    Path config =
        config(
            broker.uri(),
            """
            devices:
              - {id: lab/drop-1, source: {type: folder, directory: %s}}
              - {id: lab/play-1, source: {type: replay, file: %s, speed: 100, times: original}}
            """
                .formatted(incoming, replayed));

    // When
    try (AgentProcess agent = AgentProcess.start(config, 2)) {
      Files.writeString(incoming.resolve("good.csv"), "time,a\n1700000000,1\n1700000001,2\n");

      // Then
      await().atMost(LONG).until(() -> Files.exists(incoming.resolve("done/good.csv")));
      await().atMost(LONG).until(() -> Files.exists(incoming.resolve("failed/bad.csv.reason.txt")));
      await().atMost(LONG).until(() -> readings(subscriber.packsOf("lab/play-1")).size() == 3);
      await().atMost(LONG).until(() -> readings(subscriber.packsOf("lab/drop-1")).size() == 2);
      assertThat(readings(subscriber.packsOf("lab/play-1")))
          .containsExactly(
              new Reading("a", 1700000000000L, 1, ""),
              new Reading("b", 1700000000000L, 2, ""),
              new Reading("a", 1700000010000L, 3, ""));
      assertThat(agent.terminate()).isZero();
    }
  }

  /** Each pack of the one epoch at least once, first deliveries in order, no reading missing. */
  private void checkEverythingArrivedInOrder() {
    await().atMost(LONG).until(() -> subscriber.hasStatus(DEVICE, "stopped"));
    List<Pack> first = firstDeliveries(subscriber.packsOf(DEVICE));
    assertThat(epochs(first)).hasSize(1);
    assertThat(seqs(first)).isEqualTo(oneTo(counts().producedPacks()));
    assertThat(readings(first)).hasSize((int) counts().producedReadings());
    assertThat(counts().spoolPacks() + counts().droppedReadings()).isZero();
  }

  private DeviceStatus.Counts counts() {
    return subscriber.statusOf(DEVICE).counts().orElseThrow();
  }

  /** Three devices of 2,500 readings a second each. */
  private Path fleet() throws IOException {
    return fleet(broker.uri());
  }

  private Path fleet(String uri) throws IOException {
    return config(
        uri,
        """
        simulate:
          {site: lab, devices: 3, sensors: 5, interval: 2ms, pack: 50ms, seed: 1,
           faults: {perSensorPerHour: 60, truthFile: %s}}
        """
            .formatted(folder.resolve("truth.csv")));
  }

  private Path config(String uri, String devices) throws IOException {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        """
        mqtt: {uri: "%s", maxInflight: 20}
        spool: {directory: %s, maxBytes: 256MiB}
        heartbeat: 500ms
        """
                .formatted(uri, folder.resolve("spool"))
            + devices);
  }

  private static List<Pack> firstDeliveries(List<Pack> packs) {
    Set<PackId> seen = new HashSet<>();
    List<Pack> first = new ArrayList<>();
    for (Pack pack : packs) {
      if (seen.add(pack.id().orElseThrow())) {
        first.add(pack);
      }
    }
    return first;
  }

  private static List<Long> seqs(List<Pack> packs) {
    return packs.stream().map(pack -> pack.id().orElseThrow().seq()).toList();
  }

  private static List<String> epochs(List<Pack> packs) {
    return packs.stream().map(pack -> pack.id().orElseThrow().epoch()).distinct().toList();
  }

  private static List<Reading> readings(List<Pack> packs) {
    return packs.stream().flatMap(pack -> pack.readings().stream()).toList();
  }

  private static List<Long> oneTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
