package io.fieldwatch.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.local.process.Launch;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.rest.JsonClient;
import io.fieldwatch.local.rest.RefusedException;
import io.fieldwatch.topic.DeviceTopic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A Kafka Connect worker with our plugin zip and the MQTT source connector: the only one, or one of
 * a group of two that share the connector's tasks.
 *
 * <p>The only one is standalone, since a worker of a group that was killed is missed by the others
 * for six seconds, and its successor waits as long. It is ready when the connector has subscribed:
 * what an agent publishes before the very first subscription, the broker acknowledges and drops.
 */
final class Connect implements Service {
  static final String NAME = "connect";
  static final List<String> GROUP = List.of(NAME, "connect-2");
  private static final String CONNECTOR = "mqtt-source";

  private final String name;
  private final List<String> workers;
  private final Workspace workspace;
  private final Mosquitto mosquitto;
  private final JsonClient worker;
  private long brokerLogAtLaunch;
  private boolean connectorCreated;

  /**
   * @param name one of the workers
   * @param workers the names of all of them
   */
  Connect(String name, List<String> workers, Workspace workspace, Mosquitto mosquitto) {
    this.name = name;
    this.workers = List.copyOf(workers);
    this.workspace = workspace;
    this.mosquitto = mosquitto;
    this.worker = new JsonClient(rest());
  }

  @Override
  public String name() {
    return name;
  }

  private boolean isAlone() {
    return workers.size() == 1;
  }

  private URI rest() {
    return URI.create("http://127.0.0.1:" + workspace.ports().port(name));
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store(name);
    Path plugins = store.resolve("plugins");
    PluginZip.unpack(
        workspace.installation().file("connect-plugins/target/fieldwatch-connect-plugins.zip"),
        plugins);
    String text =
        config(workspace.endpoints().kafkaBootstrap(), rest(), plugins)
            + (isAlone() ? aloneConfig(store.resolve("offsets")) : groupConfig());
    Path config = workspace.data().writeConfig(name + ".properties", text);
    brokerLogAtLaunch = brokerLog().size();
    connectorCreated = false;
    return Kafka.kafkaJava(workspace.installation(), 384)
        .steady()
        .classPath(workspace.installation().classPath(Kafka.MODULE))
        .run(
            store,
            "org.apache.kafka.connect.cli.Connect" + (isAlone() ? "Standalone" : "Distributed"),
            config.toString());
  }

  private static String aloneConfig(Path offsets) {
    return "offset.storage.file.filename=%s%n".formatted(offsets);
  }

  private String groupConfig() {
    return """
        group.id=fieldwatch-connect
        rest.advertised.host.name=127.0.0.1
        rest.advertised.port=%d
        config.storage.topic=fieldwatch.connect-config
        offset.storage.topic=fieldwatch.connect-offsets
        offset.storage.partitions=1
        status.storage.topic=fieldwatch.connect-status
        status.storage.partitions=1
        # As many copies as the brokers say.
        config.storage.replication.factor=-1
        offset.storage.replication.factor=-1
        status.storage.replication.factor=-1
        # The broker holds what comes while a dead worker's task has no other worker yet.
        session.timeout.ms=6000
        heartbeat.interval.ms=2000
        scheduled.rebalance.max.delay.ms=0
        """
        .formatted(rest().getPort());
  }

  static String config(String kafkaBootstrap, URI rest, Path plugins) {
    return """
        bootstrap.servers=%s
        listeners=%s
        plugin.path=%s
        # The declared way of plugins, and no scan of every class on the path.
        plugin.discovery=service_load
        offset.flush.interval.ms=10000
        key.converter=org.apache.kafka.connect.storage.StringConverter
        value.converter=org.apache.kafka.connect.converters.ByteArrayConverter
        connector.client.config.override.policy=All
        # A killed worker must not send what it had not got acknowledged in another order.
        producer.enable.idempotence=true
        producer.max.in.flight.requests.per.connection=5
        producer.linger.ms=5
        producer.batch.size=131072
        producer.compression.type=lz4
        """
        .formatted(kafkaBootstrap, rest, plugins);
  }

  @Override
  public boolean isReady() throws IOException, InterruptedException {
    if (!connectorCreated) {
      worker.get("/connectors");
      createConnector();
      connectorCreated = true;
    }
    return isRunning() && hasSubscribed();
  }

  @Override
  public void whenReady() throws IOException, InterruptedException {
    mosquitto.save();
  }

  private void createConnector() throws IOException, InterruptedException {
    ObjectNode config =
        connectorConfig(
            new ObjectMapper().createObjectNode(), workspace.endpoints().mqtt(), workers.size());
    try {
      worker.put("/connectors/" + CONNECTOR + "/config", config);
    } catch (RefusedException e) {
      if (e.isForGood()) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      throw e;
    }
  }

  static ObjectNode connectorConfig(ObjectNode config, URI mqtt, int tasks) {
    return config
        .put("connector.class", "io.fieldwatch.connect.mqtt.MqttSourceConnector")
        .put("tasks.max", Integer.toString(tasks))
        .put("mqtt.uri", mqtt.toString())
        .put("mqtt.client.id", "fieldwatch-connect")
        // A message that goes to quarantine may be far larger than a pack.
        .put("producer.override.max.request.size", "5242880");
  }

  private boolean isRunning() throws IOException, InterruptedException {
    JsonNode status = worker.get("/connectors/" + CONNECTOR + "/status");
    boolean running = status.path("connector").path("state").asText().equals("RUNNING");
    for (JsonNode task : status.path("tasks")) {
      if (task.path("state").asText().equals("FAILED")) {
        throw new IllegalStateException(
            "Cannot run the MQTT connector: "
                + task.path("trace").asText().lines().findFirst().orElse("no reason given"));
      }
      running &= task.path("state").asText().equals("RUNNING");
    }
    return running && !status.path("tasks").isEmpty();
  }

  /** In a group the session may be another worker's, and older than this one. */
  private boolean hasSubscribed() {
    long since = isAlone() ? brokerLogAtLaunch : 0;
    return brokerLog().containsAfter(since, DeviceTopic.Channel.TELEMETRY.filter());
  }

  private LogFile brokerLog() {
    return workspace.data().log(Mosquitto.NAME);
  }
}
