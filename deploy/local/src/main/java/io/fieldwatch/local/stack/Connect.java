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

/**
 * A Kafka Connect worker with our plugin zip and the MQTT source connector.
 *
 * <p>Standalone, since a worker of a group that was killed is missed by the others for ten seconds,
 * its successor waits as long, and here are no others. It is ready when the connector has
 * subscribed: what an agent publishes before the very first subscription, the broker acknowledges
 * and drops.
 */
final class Connect implements Service {
  static final String NAME = "connect";
  private static final String CONNECTOR = "mqtt-source";

  private final Workspace workspace;
  private final Mosquitto mosquitto;
  private final JsonClient worker;
  private long brokerLogAtLaunch;
  private boolean connectorCreated;

  Connect(Workspace workspace, Mosquitto mosquitto) {
    this.workspace = workspace;
    this.mosquitto = mosquitto;
    this.worker = new JsonClient(workspace.endpoints().connect());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store(NAME);
    Path plugins = store.resolve("plugins");
    PluginZip.unpack(
        workspace.installation().file("connect-plugins/target/fieldwatch-connect-plugins.zip"),
        plugins);
    String text =
        config(
            workspace.endpoints().kafkaBootstrap(),
            workspace.endpoints().connect(),
            plugins,
            store.resolve("offsets"));
    Path config = workspace.data().writeConfig("connect.properties", text);
    brokerLogAtLaunch = brokerLog().size();
    connectorCreated = false;
    return Kafka.kafkaJava(workspace.installation(), 384)
        .steady()
        .classPath(workspace.installation().classPath(Kafka.MODULE))
        .run(store, "org.apache.kafka.connect.cli.ConnectStandalone", config.toString());
  }

  static String config(String kafkaBootstrap, URI rest, Path plugins, Path offsets) {
    return """
        bootstrap.servers=%s
        listeners=%s
        plugin.path=%s
        # The declared way of plugins, and no scan of every class on the path.
        plugin.discovery=service_load
        offset.storage.file.filename=%s
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
        .formatted(kafkaBootstrap, rest, plugins, offsets);
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
        connectorConfig(new ObjectMapper().createObjectNode(), workspace.endpoints().mqtt());
    try {
      worker.put("/connectors/" + CONNECTOR + "/config", config);
    } catch (RefusedException e) {
      if (e.isForGood()) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      throw e;
    }
  }

  static ObjectNode connectorConfig(ObjectNode config, URI mqtt) {
    return config
        .put("connector.class", "io.fieldwatch.connect.mqtt.MqttSourceConnector")
        .put("tasks.max", "1")
        .put("mqtt.uri", mqtt.toString())
        .put("mqtt.client.id", "fieldwatch-connect")
        // A message that goes to quarantine may be far larger than a pack.
        .put("producer.override.max.request.size", "5242880");
  }

  private boolean isRunning() throws IOException, InterruptedException {
    JsonNode status = worker.get("/connectors/" + CONNECTOR + "/status");
    JsonNode task = status.path("tasks").path(0);
    if (task.path("state").asText().equals("FAILED")) {
      throw new IllegalStateException(
          "Cannot run the MQTT connector: "
              + task.path("trace").asText().lines().findFirst().orElse("no reason given"));
    }
    return status.path("connector").path("state").asText().equals("RUNNING")
        && task.path("state").asText().equals("RUNNING");
  }

  private boolean hasSubscribed() {
    return brokerLog().containsAfter(brokerLogAtLaunch, DeviceTopic.Channel.TELEMETRY.filter());
  }

  private LogFile brokerLog() {
    return workspace.data().log(Mosquitto.NAME);
  }
}
