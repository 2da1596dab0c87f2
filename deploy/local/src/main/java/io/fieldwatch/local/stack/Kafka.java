package io.fieldwatch.local.stack;

import io.fieldwatch.local.kafka.Topics;
import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** A Kafka broker that is its own controller (KRaft). */
final class Kafka implements Service {
  static final String NAME = "kafka";
  static final String MODULE = "deploy/servers/kafka";
  private static final Duration FORMAT_BOUND = Duration.ofSeconds(60);

  private final Workspace workspace;

  Kafka(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException, InterruptedException {
    Path store = workspace.data().store(NAME);
    String text =
        config(brokerPort(), workspace.ports().port("kafka-controller"), store.resolve("log"));
    String config = workspace.data().writeConfig("kafka.properties", text).toString();
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
            .run(
                store,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                config);
    ChildProcess.run(
        format, workspace.data().pidFile("kafka-format"), workspace.data().log(NAME), FORMAT_BOUND);
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

  static String config(int port, int controllerPort, Path logs) {
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s

        # A misspelt topic is an error, not a new topic.
        auto.create.topics.enable=false

        # One node: nothing to replicate to, nobody to wait for.
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=2
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=2
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0

        # Small footprint; the default sets 128 MiB aside for compaction.
        log.cleaner.dedupe.buffer.size=8388608
        log.segment.bytes=134217728
        num.network.threads=2
        num.io.threads=4
        background.threads=4
        """
        .formatted(port, controllerPort, logs);
  }

  @Override
  public boolean isReady() throws IOException {
    return Programs.listens(URI.create("tcp://" + workspace.endpoints().kafkaBootstrap()));
  }

  @Override
  public void whenReady() throws IOException, InterruptedException {
    Topics.create(workspace.endpoints().kafkaBootstrap());
  }

  private int brokerPort() {
    return URI.create("tcp://" + workspace.endpoints().kafkaBootstrap()).getPort();
  }
}
