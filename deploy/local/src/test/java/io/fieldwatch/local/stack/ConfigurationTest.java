package io.fieldwatch.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.local.port.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigurationTest {
  private final Path folder;

  ConfigurationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void the_broker_keeps_all_it_acknowledged_and_listens_on_loopback_only() {
    assertThat(Mosquitto.config(21_883, folder).lines())
        .contains(
            "listener 21883 127.0.0.1",
            "max_queued_messages 0",
            "max_queued_bytes 0",
            "persistence true",
            "persistence_location " + folder + "/");
  }

  @Test
  void kafka_listens_on_loopback_only_and_creates_no_topic_by_mistake() {
    assertThat(Kafka.config(1, 1, List.of(2), folder).lines())
        .contains(
            "listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2",
            "auto.create.topics.enable=false",
            "log.dirs=" + folder);
  }

  @Test
  void three_brokers_have_three_copies_and_go_on_with_two() {
    assertThat(Kafka.config(2, 8, List.of(4, 5, 6), folder).lines())
        .contains(
            "node.id=2",
            "controller.quorum.voters=1@127.0.0.1:4,2@127.0.0.1:5,3@127.0.0.1:6",
            "listeners=PLAINTEXT://127.0.0.1:8,CONTROLLER://127.0.0.1:5",
            "default.replication.factor=3",
            "min.insync.replicas=2",
            "offsets.topic.replication.factor=3");
  }

  @Test
  void influxdb_keeps_its_series_index_on_disk() {
    assertThat(InfluxDb.config(1, 2, folder))
        .contains("index-version = \"tsi1\"", "bind-address = \"127.0.0.1:1\"")
        .contains("bind-address = \"127.0.0.1:2\"");
  }

  @Test
  void hadoop_properties_are_escaped() {
    assertThat(Hdfs.xml(Map.of("a", "x<&>y")))
        .contains("<property><name>a</name><value>x&lt;&amp;&gt;y</value></property>");
  }

  @Test
  void the_connector_reads_from_our_broker_and_may_send_large_messages_to_quarantine() {
    assertThat(
            Connect.connectorConfig(
                new ObjectMapper().createObjectNode(), URI.create("tcp://127.0.0.1:1883"), 1))
        .hasToString(
            "{\"connector.class\":\"io.fieldwatch.connect.mqtt.MqttSourceConnector\","
                + "\"tasks.max\":\"1\",\"mqtt.uri\":\"tcp://127.0.0.1:1883\","
                + "\"mqtt.client.id\":\"fieldwatch-connect\","
                + "\"producer.override.max.request.size\":\"5242880\"}");
  }

  @Test
  void settings_of_the_job_go_to_their_place_in_the_tree() throws IOException {
    // Given
    Map<String, String> settings =
        Map.of("batch", "200ms", "limits.packBytes", "1000", "windows", "[10s, 1m]");

    // When
    Object yaml = load(StreamJobConfig.yaml(endpoints(), settings));

    // Then
    assertThat(yaml)
        .asInstanceOf(MAP)
        .containsEntry("batch", "200ms")
        .containsEntry("limits", Map.of("packBytes", 1000))
        .containsEntry("windows", List.of("10s", "1m"))
        .containsEntry("kafka", Map.of("bootstrapServers", endpoints().kafkaBootstrap()));
  }

  @Test
  void an_agent_spools_below_its_own_folder_and_reports_every_second() throws IOException {
    // Given
    AgentConfig config = AgentConfig.of("simulate: {site: lab}\n");

    // When
    Object yaml = load(config.yaml(endpoints(), folder));

    // Then
    assertThat(yaml)
        .asInstanceOf(MAP)
        .containsEntry("heartbeat", "1s")
        .containsEntry("simulate", Map.of("site", "lab"))
        .containsEntry(
            "spool", Map.of("directory", folder.resolve("spool").toString(), "maxBytes", "1GiB"));
  }

  @Test
  void spark_gets_the_options_that_the_build_names() throws IOException {
    assertThat(SparkOptions.ofBuild())
        .contains("--add-opens=java.base/java.lang=ALL-UNNAMED")
        .allMatch(option -> option.startsWith("-"));
  }

  private Endpoints endpoints() throws IOException {
    return Endpoints.of(Ports.keptIn(folder.resolve("ports"), new Random(1)));
  }

  private static Object load(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
