package io.fieldwatch.connect.mqtt;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One Kafka broker in KRaft mode on loopback, from the class path of deploy/servers/kafka. */
final class KafkaServer implements AutoCloseable {
  private static final String CLUSTER_ID = "fieldwatchTestCluster0";

  private final Path directory;
  private final int port;
  private ServerProcess process;

  private KafkaServer(Path directory, int port, ServerProcess process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  static KafkaServer start(Path directory) throws IOException {
    Files.createDirectories(directory);
    int port = ServerProcess.freePort();
    int controllerPort = ServerProcess.freePort();
    Files.writeString(
        directory.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s/data
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        auto.create.topics.enable=false
        """
            .formatted(port, controllerPort, directory));
    String config = directory.resolve("server.properties").toString();
    ServerProcess.start(
            directory.resolve("format.log"),
            KafkaClassPath.java(
                256, "kafka.tools.StorageTool", "format", "-t", CLUSTER_ID, "-c", config))
        .closeWhenDone();
    KafkaServer server = new KafkaServer(directory, port, launch(directory));
    server.awaitReady();
    return server;
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  Duration cpu() {
    return process.cpu();
  }

  void stop() {
    process.close();
  }

  /** Holds the process, as if its machine were busy or out of reach. */
  void freeze() {
    process.signal("STOP");
  }

  void thaw() {
    process.signal("CONT");
  }

  void startAgain() {
    process = launch(directory);
    awaitReady();
  }

  void createTopic(String name, int partitions, Map<String, String> config) {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(config)))
          .all()
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot create topic " + name, e);
    }
  }

  /** Everything that is in a topic now, in the order of each partition. */
  List<ConsumerRecord<String, byte[]>> readAll(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap(), "fetch.max.bytes", 64 * 1024 * 1024),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /** How many records a topic has. */
  long size(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap()));
  }

  private static ServerProcess launch(Path directory) {
    return ServerProcess.start(
        directory.resolve("kafka.log"),
        KafkaClassPath.java(512, "kafka.Kafka", directory.resolve("server.properties").toString()));
  }

  private void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              process.requireAlive();
              try (Admin admin = admin()) {
                return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
              } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
                return false;
              }
            });
  }
}
