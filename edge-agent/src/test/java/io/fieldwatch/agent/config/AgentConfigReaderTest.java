package io.fieldwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldwatch.reading.DeviceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigReaderTest {
  private static final String LEAST =
      """
      mqtt: {uri: "tcp://broker:1883"}
      spool: {directory: /spool}
      devices: [{id: lab/host-1, source: {type: host}}]
      """;

  @Test
  void hasADefaultForEverythingElse() throws ConfigException {
    // When
    AgentConfig config = AgentConfigReader.parse(LEAST, Map.of());

    // Then
    assertThat(config)
        .isEqualTo(
            new AgentConfig(
                new AgentConfig.Mqtt("tcp://broker:1883", 200, Optional.empty(), Optional.empty()),
                new AgentConfig.SpoolConfig(Path.of("/spool"), 1 << 30, Duration.ofSeconds(1)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                List.of(
                    new AgentConfig.Device(
                        new DeviceId("lab", "host-1"),
                        new SourceConfig.Host(Duration.ofSeconds(1)))),
                Optional.empty()));
  }

  @Test
  void mapsEveryKey() throws ConfigException {
    // When
    AgentConfig config =
        AgentConfigReader.parse(
            """
            mqtt: {uri: "ssl://broker:8883", maxInflight: 50, username: u, passwordFile: /secret}
            spool: {directory: /spool, maxBytes: 10MiB, sync: 200ms}
            heartbeat: 1m
            stop: {drain: 3s}
            devices:
              - id: lab/play
                source: {type: replay, file: a.csv, speed: 2.5, times: original, ignore: [x, y]}
              - id: lab/drop
                source: {type: folder, directory: /in, ignore: [z]}
              - id: lab/host
                source: {type: host, interval: 5s}
            simulate:
              site: lab
              prefix: s-
              devices: 2
              sensors: 3
              interval: 20ms
              pack: 500ms
              seed: -7
              faults: {perSensorPerHour: 1.5, truthFile: t.csv}
            """,
            Map.of());

    // Then
    assertThat(config)
        .isEqualTo(
            new AgentConfig(
                new AgentConfig.Mqtt(
                    "ssl://broker:8883", 50, Optional.of("u"), Optional.of(Path.of("/secret"))),
                new AgentConfig.SpoolConfig(Path.of("/spool"), 10 << 20, Duration.ofMillis(200)),
                Duration.ofMinutes(1),
                Duration.ofSeconds(3),
                List.of(
                    new AgentConfig.Device(
                        new DeviceId("lab", "play"),
                        new SourceConfig.Replay(
                            Path.of("a.csv"), 2.5, SourceConfig.Times.ORIGINAL, Set.of("x", "y"))),
                    new AgentConfig.Device(
                        new DeviceId("lab", "drop"),
                        new SourceConfig.Folder(Path.of("/in"), Set.of("z"))),
                    new AgentConfig.Device(
                        new DeviceId("lab", "host"), new SourceConfig.Host(Duration.ofSeconds(5)))),
                Optional.of(
                    new AgentConfig.Simulate(
                        List.of(new DeviceId("lab", "s-001"), new DeviceId("lab", "s-002")),
                        3,
                        Duration.ofMillis(20),
                        Duration.ofMillis(500),
                        -7,
                        Optional.of(new AgentConfig.Faults(1.5, Path.of("t.csv")))))));
    assertThat(config.spoolBytesPerDevice()).isEqualTo((10 << 20) / 5);
  }

  @Test
  void saysAllProblemsAtOnce() {
    // When
    List<String> problems =
        problemsOf(
            """
            mqtt: {ur: x, uri: "http://broker", maxInflight: 0}
            spool: {maxBytes: 1Gb}
            heartbeat: 5
            devices:
              - {id: x, source: {type: hst}}
              - {id: lab/sim-001, source: {type: replay, file: f.csv, speed: 0, times: later}}
            simulate: {site: lab, interval: 10s, faults: {perSensorPerHour: 60}}
            """);

    // Then
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "'mqtt.uri' is 'http://broker', expected tcp://, ssl://, ws:// or wss:// and a host",
            "'mqtt.maxInflight' is '0', expected a whole number from 1 to 60000",
            "Unknown key 'mqtt.ur': known here are maxInflight, passwordFile, uri, username",
            "'spool.directory' is missing: the folder for packs on their way",
            "'spool.maxBytes' is '1Gb', expected a size such as 64KiB, 10MiB or 1GiB",
            "'heartbeat' is '5', expected a duration such as 500ms, 1s, 5m or 1h, 100ms or more",
            "'devices[0].id' is wrong: Invalid device key 'x': expected site/device",
            "'devices[0].source.type' is 'hst', expected host, replay or folder",
            "'devices[1].source.speed' is '0', expected a number above 0",
            "'devices[1].source.times' is 'later', expected original or now",
            "'simulate.faults.truthFile' is missing: where the truth about the faults is written",
            "'simulate.faults.perSensorPerHour' is too much for this interval: faults would follow"
                + " one another",
            "Device 'lab/sim-001' is there twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://broker:1883/",
        "tcp://broker:1883/mqtt",
        "tcp://broker:1883?a=b",
        "tcp://broker:1883#a"
      })
  void refusesWhatNoPlainConnectionHasBehindItsAddress(String uri) {
    assertThat(problemsOf(LEAST.replace("tcp://broker:1883", uri)))
        .containsExactly("'mqtt.uri' has more than a host and a port: write tcp://broker:1883");
  }

  @Test
  void refusesALoginInTheAddressWithoutRepeatingIt() {
    assertThat(problemsOf(LEAST.replace("tcp://broker:1883", "ssl://u:secret@broker")))
        .containsExactly(
            "'mqtt.uri' has more than a host and a port: write ssl://broker, and the login into"
                + " 'username' and 'passwordFile'");
  }

  @Test
  void takesTheWebSocketsPath() {
    assertThat(problemsOf(LEAST.replace("tcp://broker:1883", "wss://broker/mqtt"))).isEmpty();
  }

  @Test
  void refusesAFileThatIsNoMapping() {
    assertThat(problemsOf("- a\n- b\n")).contains("The file must be a mapping of keys to values");
    assertThat(problemsOf("a: [")).singleElement().asString().startsWith("Not YAML: ");
  }

  @Test
  void refusesASpoolThatIsTooSmallForItsDevices() {
    assertThat(problemsOf(LEAST + "simulate: {site: lab, devices: 99}").isEmpty()).isTrue();
    assertThat(
            problemsOf(
                LEAST.replace("/spool", "/spool, maxBytes: 1MiB")
                    + "simulate: {site: lab, devices: 99}"))
        .containsExactly("'spool.maxBytes' is too small: 100 devices need 1638400 bytes or more");
  }

  @Test
  void letsOverridesWin() throws ConfigException {
    // When
    AgentConfig config =
        AgentConfigReader.parse(
            LEAST,
            Map.of("mqtt.uri", "tcp://other:1", "simulate.site", "lab", "simulate.devices", "3"));

    // Then
    assertThat(config.mqtt().uri()).isEqualTo("tcp://other:1");
    assertThat(config.deviceCount()).isEqualTo(4);
  }

  @Test
  void acceptsTheSample() throws Exception {
    // When
    AgentConfig config = AgentConfigReader.read(Path.of("agent.sample.yaml"), Map.of());

    // Then
    assertThat(config.devices()).hasSize(3);
    assertThat(config.simulate()).isPresent();
  }

  private static List<String> problemsOf(String yaml) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> AgentConfigReader.parse(yaml, Map.of()));
    return e == null ? List.of() : e.problems();
  }
}
