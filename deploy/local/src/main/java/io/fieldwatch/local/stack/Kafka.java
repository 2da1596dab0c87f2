package io.fieldwatch.local.stack;

import static java.util.stream.Collectors.joining;

import io.fieldwatch.local.kafka.Topics;
import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/** A Kafka broker that is also a controller (KRaft): the only one, or one of three. */
final class Kafka implements Service {
  static final String NAME = "kafka";

  /** Each partition has a copy on each of them, and is written as long as two are there. */
  static final List<String> REPLICATED = List.of(NAME, "kafka-2", "kafka-3");

  static final String MODULE = "deploy/servers/kafka";
  private static final Duration FORMAT_BOUND = Duration.ofSeconds(60);

  private final String name;
  private final List<String> brokers;
  private final int readingsPartitions;
  private final Workspace workspace;

  /**
   * @param name one of the brokers
   * @param brokers the names of all of them
   * @param readingsPartitions of a topic that is not there yet
   */
  Kafka(String name, List<String> brokers, int readingsPartitions, Workspace workspace) {
    this.name = name;
    this.brokers = List.copyOf(brokers);
    this.readingsPartitions = readingsPartitions;
    this.workspace = workspace;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Launch launch() throws IOException, InterruptedException {
    Path store = workspace.data().store(name);
    List<Integer> controllers =
        brokers.stream().map(broker -> workspace.ports().port(broker + "-controller")).toList();
    String text = config(number(), port(), controllers, store.resolve("log"));
    String config = workspace.data().writeConfig(name + ".properties", text).toString();
    if (!Files.exists(store.resolve("log/meta.properties"))) {
      format(store, config);
    }
    return java(512).steady().classPath(classPath()).run(store, "kafka.Kafka", config);
  }

  private void format(Path store, String config) throws IOException, InterruptedException {
    Launch format =
        java(128)
            .quickStart()
            .classPath(classPath())
            .run(store, "kafka.tools.StorageTool", "format", "-t", clusterId(), "-c", config);
    ChildProcess.run(
        format,
        workspace.data().pidFile(name + "-format"),
        workspace.data().log(name),
        FORMAT_BOUND);
  }

  /** The same for all brokers; chosen by whoever is formatted first. */
  private String clusterId() throws IOException {
    synchronized (Kafka.class) {
      Path file = workspace.data().store(NAME).resolve("cluster-id");
      if (!Files.exists(file)) {
        Files.writeString(file, Uuid.randomUuid().toString());
      }
      return Files.readString(file);
    }
  }

  private JavaLaunch java(int heapMegabytes) throws IOException {
    return kafkaJava(workspace.installation(), heapMegabytes);
  }

  private String classPath() throws IOException {
    return workspace.installation().classPath(MODULE);
  }

  /** Kafka's programs share their class path and their logging. */
  static JavaLaunch kafkaJava(Installation installation, int heapMegabytes) throws IOException {
    return JavaLaunch.withHeap(heapMegabytes)
        .options(
            List.of("-Dlog4j2.configurationFile=" + installation.file(MODULE + "/log4j2.xml")));
  }

  /**
   * @param number of the broker, from 1
   * @param controllers the ports of all controllers, in the order of their brokers
   */
  static String config(int number, int port, List<Integer> controllers, Path logs) {
    int copies = controllers.size();
    return """
        process.roles=broker,controller
        node.id=%1$d
        controller.quorum.voters=%4$s
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%2$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%5$s

        # A misspelt topic is an error, not a new topic.
        auto.create.topics.enable=false

        # A copy on each broker; what is acknowledged survives the loss of one of three.
        default.replication.factor=%6$d
        min.insync.replicas=%7$d
        offsets.topic.replication.factor=%6$d
        offsets.topic.num.partitions=2
        transaction.state.log.replication.factor=%6$d
        transaction.state.log.min.isr=%7$d
        transaction.state.log.num.partitions=2
        share.coordinator.state.topic.replication.factor=%6$d
        share.coordinator.state.topic.min.isr=%7$d
        share.coordinator.state.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0

        # Small footprint; the default sets 128 MiB aside for compaction.
        log.cleaner.dedupe.buffer.size=8388608
        log.segment.bytes=134217728
        num.network.threads=2
        num.io.threads=4
        background.threads=4
        """
        .formatted(
            number,
            port,
            controllers.get(number - 1),
            IntStream.rangeClosed(1, copies)
                .mapToObj(voter -> voter + "@127.0.0.1:" + controllers.get(voter - 1))
                .collect(joining(",")),
            logs,
            copies,
            copies / 2 + 1);
  }

  @Override
  public boolean isReady() throws IOException {
    return Programs.listens(URI.create("tcp://127.0.0.1:" + port()));
  }

  @Override
  public void whenReady() throws IOException, InterruptedException {
    Topics.create(workspace.endpoints().kafkaBootstrap(), readingsPartitions);
  }

  private int number() {
    return brokers.indexOf(name) + 1;
  }

  private int port() {
    return workspace.ports().port(name);
  }
}
