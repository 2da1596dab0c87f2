package io.fieldwatch.stream.job;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** A real Kafka broker on a free port of the loopback interface, for tests. */
final class KafkaServer implements AutoCloseable {
  private static final Path MODULE = Path.of("../deploy/servers/kafka").toAbsolutePath();
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final Process process;

  private KafkaServer(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  static KafkaServer start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path properties =
        Files.writeString(
            folder.resolve("server.properties"),
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
            auto.create.topics.enable=false
            """
                .formatted(port, freePort(), folder));
    String config = properties.toString();
    Process format =
        launch(
            folder,
            "kafka.tools.StorageTool",
            "format",
            "-t",
            "fieldwatchTestCluster0",
            "-c",
            config);
    if (format.waitFor() != 0) {
      throw new IOException("Cannot format Kafka's log, see " + folder);
    }
    KafkaServer server = new KafkaServer(folder, port, launch(folder, "kafka.Kafka", config));
    await().atMost(BOUND).until(server::answers);
    return server;
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** Creates a topic that keeps what it has: records of tests may be of years ago. */
  void createTopic(String name, int partitions) throws InterruptedException, ExecutionException {
    NewTopic topic =
        new NewTopic(name, partitions, (short) 1)
            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    try (Admin admin = admin()) {
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  /** Deletes the records of a partition before an offset, as retention does. */
  void deleteBefore(String topic, int partition, long offset)
      throws InterruptedException, ExecutionException {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private boolean answers() throws InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("Kafka has ended, see " + folder);
    }
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap()));
  }

  private static Process launch(Path folder, String... mainAndArguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dlog4j2.configurationFile=" + MODULE.resolve("log4j2.xml"));
    command.addAll(
        List.of("-cp", Files.readString(MODULE.resolve("target/classpath.txt")).strip()));
    command.addAll(List.of(mainAndArguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("kafka.log").toFile()))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
