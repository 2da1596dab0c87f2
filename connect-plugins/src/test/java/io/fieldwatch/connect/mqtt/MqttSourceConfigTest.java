package io.fieldwatch.connect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttSourceConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of("mqtt.uri", "tcp://broker:1883", "mqtt.client.id", "connect");

  @Test
  void defaults() {
    // When
    MqttSourceConfig config = new MqttSourceConfig(REQUIRED);

    // Then
    assertThat(config.username()).isEmpty();
    assertThat(config.password()).isEmpty();
    assertThat(config.sessionExpiry()).isEqualTo(Duration.ofDays(1));
    assertThat(config.receiveMaximum()).isEqualTo(2_000);
    assertThat(config.keepalive()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.isTls()).isFalse();
    assertThat(config.tlsValues())
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("ssl.keystore.type", "PEM");
    assertThat(config.routes().list())
        .extracting(Object::toString)
        .containsExactly(
            "fieldwatch/+/+/telemetry=fieldwatch.readings",
            "fieldwatch/+/+/status=fieldwatch.status");
    assertThat(config.copies().orElseThrow().list())
        .extracting(Object::toString)
        .containsExactly("fieldwatch/+/+/status=fieldwatch.readings");
    assertThat(config.payloadMaxBytes()).isEqualTo(262_144);
    assertThat(config.quarantineTopic()).isEqualTo("fieldwatch.quarantine");
    assertThat(config.pollMaxRecords()).isEqualTo(2_000);
    assertThat(config.problems()).isEmpty();
  }

  @Test
  void everyOptionIsRead() {
    // Given
    Map<String, String> all = new HashMap<>();
    all.put("mqtt.uri", "ssl://broker:8883");
    all.put("mqtt.client.id", "c");
    all.put("mqtt.username", "u");
    all.put("mqtt.password", "p");
    all.put("mqtt.session.expiry.seconds", "60");
    all.put("mqtt.receive.maximum", "7");
    all.put("mqtt.keepalive.seconds", "5");
    all.put("mqtt.connect.timeout.ms", "100");
    all.put("mqtt.ssl.truststore.type", "JKS");
    all.put("mqtt.ssl.truststore.location", "/trust");
    all.put("mqtt.ssl.truststore.password", "tp");
    all.put("mqtt.ssl.keystore.type", "PKCS12");
    all.put("mqtt.ssl.keystore.location", "/key");
    all.put("mqtt.ssl.keystore.password", "kp");
    all.put("mqtt.ssl.key.password", "kkp");
    all.put("routes", "a/#=k");
    all.put("copies", "a/b=l");
    all.put("payload.max.bytes", "10");
    all.put("quarantine.topic", "q");
    all.put("quarantine.max.bytes", "20");
    all.put("poll.max.records", "3");

    // When
    MqttSourceConfig config = new MqttSourceConfig(all);

    // Then
    assertThat(all.keySet()).isEqualTo(MqttSourceConfig.definition().names());
    assertThat(config.uri()).isEqualTo(URI.create("ssl://broker:8883"));
    assertThat(config.isTls()).isTrue();
    assertThat(config.clientId(1)).isEqualTo("c-1");
    assertThat(config.username()).contains("u");
    assertThat(config.password()).contains(new Password("p"));
    assertThat(config.sessionExpiry()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.receiveMaximum()).isEqualTo(7);
    assertThat(config.keepalive()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.tlsValues())
        .containsEntry("ssl.truststore.type", "JKS")
        .containsEntry("ssl.truststore.location", "/trust")
        .containsEntry("ssl.truststore.password", new Password("tp"))
        .containsEntry("ssl.keystore.type", "PKCS12")
        .containsEntry("ssl.keystore.location", "/key")
        .containsEntry("ssl.keystore.password", new Password("kp"))
        .containsEntry("ssl.key.password", new Password("kkp"));
    assertThat(config.routes().destination("a/b")).contains("k");
    assertThat(config.copies().orElseThrow().destination("a/b")).contains("l");
    assertThat(config.payloadMaxBytes()).isEqualTo(10);
    assertThat(config.quarantineTopic()).isEqualTo("q");
    assertThat(config.quarantineKeptBytes()).isEqualTo(20);
    assertThat(config.pollMaxRecords()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mqtt.uri             | http://broker:1     | expected tcp://host:port or ssl://host:port
          mqtt.uri             | tcp://broker        | expected tcp://host:port or ssl://host:port
          mqtt.uri             | tcp://u:p@broker:1  | a login goes into mqtt.username and mqtt.password
          mqtt.uri             | tcp://broker:1/     | expected tcp://host:port or ssl://host:port and nothing more
          mqtt.uri             | ssl://broker:1/mqtt | expected tcp://host:port or ssl://host:port and nothing more
          mqtt.uri             | tcp://broker:1?a=b  | expected tcp://host:port or ssl://host:port and nothing more
          mqtt.uri             | tcp://broker:1#a    | expected tcp://host:port or ssl://host:port and nothing more
          mqtt.client.id       | a b                 | expected 1 to 60 of [A-Za-z0-9._-]
          mqtt.receive.maximum | 32768               | Value must be no more than 32767
          mqtt.receive.maximum | 0                   | Value must be at least 1
          routes               | a/#=k,a/b=l         | 'a/#' and 'a/b' match the same topics
          routes               | a                   | expected filter=kafka.topic
          copies               | a/#=k,a/b=l         | 'a/#' and 'a/b' match the same topics
          quarantine.topic     | a b                 | Invalid Kafka topic 'a b'
          mqtt.ssl.keystore.type | BKS               | String must be one of: PEM, PKCS12, JKS
          """)
  void badValuesAreNamed(String option, String value, String message) {
    assertThatThrownBy(() -> new MqttSourceConfig(with(option, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("for configuration " + option)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mqtt.password                     | secret       | mqtt.username        | A password needs a user name
          mqtt.sesion.expiry.seconds        | 5            | mqtt.sesion.expiry.seconds | Unknown option
          mqtt.ssl.truststore.location      | /ca.pem      | mqtt.ssl.truststore.location | Has no effect with tcp://; use ssl://
          quarantine.max.bytes              | 5            | quarantine.max.bytes | Must not be less than payload.max.bytes
          payload.max.bytes                 | 1000000      | payload.max.bytes    | would not fit into the producer's requests of 1048576
          producer.override.max.request.size | 300000      | payload.max.bytes    | would not fit into the producer's requests of 300000
          copies                            | fieldwatch/x/#=fieldwatch.readings | copies | would put messages into their own topic again
          copies                            | a/b=fieldwatch.quarantine | copies | The quarantine cannot be the topic of a copy as well
          quarantine.topic                  | fieldwatch.status | quarantine.topic | The quarantine cannot be the topic of a route as well
          """)
  void whatDoesNotFitTogetherIsNamedAtItsOption(
      String option, String value, String named, String sentence) {
    // When
    var values = new MqttSourceConnector().validate(with(option, value)).configValues();

    // Then
    assertThat(values)
        .filteredOn(v -> !v.errorMessages().isEmpty())
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.name()).isEqualTo(named);
              assertThat(v.errorMessages()).singleElement().asString().contains(sentence);
            });
    assertThatThrownBy(() -> new MqttSourceConnector().start(with(option, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named + ": ");
  }

  @Test
  void aTrustStoreThatCannotBeReadIsAProblem() {
    // Given
    Map<String, String> config = new HashMap<>(with("mqtt.uri", "ssl://broker:8883"));
    config.put("mqtt.ssl.truststore.location", "/nowhere/ca.pem");

    // When
    List<MqttSourceConfig.Problem> problems = new MqttSourceConfig(config).problems();

    // Then
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("Cannot set up TLS", "/nowhere/ca.pem");
  }

  @Test
  void nothingIsCopiedWhereThatIsSaid() {
    assertThat(new MqttSourceConfig(with("copies", "")).copies()).isEmpty();
  }

  @Test
  void quarantineKeepsNoMoreThanTheProducerTakes() {
    assertThat(new MqttSourceConfig(REQUIRED).quarantineKeptBytes()).isEqualTo(768 * 1024);
    assertThat(
            new MqttSourceConfig(with("producer.override.max.request.size", "8388608"))
                .quarantineKeptBytes())
        .isEqualTo(4 * 1024 * 1024);
  }

  @Test
  void routesAreDealtToTasksByNumberAndFilter() {
    // Given
    MqttSourceConnector connector = new MqttSourceConnector();
    connector.start(REQUIRED);

    // When
    List<Map<String, String>> tasks = connector.taskConfigs(5);

    // Then
    assertThat(tasks)
        .extracting(TreeMap::new)
        .extracting(task -> task.get("task.number") + " " + task.get("task.filters"))
        .containsExactly("0 fieldwatch/+/+/telemetry", "1 fieldwatch/+/+/status");
  }

  private static Map<String, String> with(String option, String value) {
    Map<String, String> config = new HashMap<>(REQUIRED);
    config.put(option, value);
    return config;
  }
}
