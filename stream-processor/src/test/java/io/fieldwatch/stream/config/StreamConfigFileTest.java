package io.fieldwatch.stream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldwatch.decode.DecoderRule;
import io.fieldwatch.decode.Format;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.topic.TopicFilter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamConfigFileTest {
  private static final String LEAST =
      """
      kafka: {bootstrapServers: "127.0.0.1:9092"}
      influxdb: {url: "http://127.0.0.1:8086", database: fieldwatch, retentionPolicy: main}
      hdfs: {uri: "hdfs://127.0.0.1:8020"}
      spark: {master: "local[2]"}
      """;

  @Test
  void hasDefaults() throws IOException {
    StreamConfig config = parse(LEAST);

    assertThat(config.batch()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.openWindowPace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.devicePace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.snapshotEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.rules().windows())
        .extracting(WindowSpec::name)
        .containsExactly("10s", "1m", "15m", "1h");
    assertThat(config.rules().lateness()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.rules().revisionHorizon()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.rules().futureTolerance()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.rules().limits().sensors()).isEqualTo(1000);
    assertThat(config.rules().limits().epochs()).isEqualTo(16);
    assertThat(config.decoders()).isEmpty();
    assertThat(config.packLimits().maxBytes()).isEqualTo(256 << 10);
    assertThat(config.packLimits().maxReadings()).isEqualTo(10_000);
    assertThat(config.kafka().maxPacksPerPartitionPerBatch()).isEqualTo(200_000);
    assertThat(config.pulse())
        .isEqualTo(
            new StreamConfig.Pulse(
                Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(10), 25, 10));
    assertThat(config.influxdb().login()).isNull();
    assertThat(config.hdfs().path("state")).isEqualTo("hdfs://127.0.0.1:8020/fieldwatch/state");
    assertThat(config.hdfs().replication()).isEqualTo(3);
  }

  @Test
  void mapsEveryOption(@TempDir Path directory) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "hunter2");
    StreamConfig config =
        parse(
            """
            kafka: {bootstrapServers: "k:1,l:2", maxPacksPerPartitionPerBatch: 7}
            influxdb:
              url: http://i:2
              database: d
              retentionPolicy: r
              username: u
              passwordFile: PASSWORD
            hdfs: {uri: "hdfs://h:3", root: /x, replication: 1}
            spark: {master: "spark://s:4"}
            batch: 200ms
            openWindowPace: 3s
            devicePace: 4s
            snapshotEvery: 1m
            windows: [1h, 5s, {length: 5m, slide: 1m}]
            lateness: 9s
            revisionHorizon: 1d
            futureTolerance: 2m
            decoders:
              - {filter: plant/+/press, format: json, time: at, separator: _}
              - {filter: other/#, format: senml}
            limits: {sensorsPerDevice: 11, epochsPerDevice: 12, readingsPerPack: 13, packBytes: 14}
            pulse: {slide: 2s, window: 30s, shortWindow: 6s, leaders: 15, shortLeaders: 16}
            """
                .replace("PASSWORD", password.toString()));

    assertThat(config.kafka()).isEqualTo(new StreamConfig.Kafka("k:1,l:2", 7));
    assertThat(config.influxdb())
        .isEqualTo(
            new StreamConfig.Influx(
                URI.create("http://i:2"),
                "d",
                "r",
                new StreamConfig.Login("u", password.toString())));
    assertThat(config.hdfs()).isEqualTo(new StreamConfig.Hdfs(URI.create("hdfs://h:3"), "/x", 1));
    assertThat(config.spark().master()).isEqualTo("spark://s:4");
    assertThat(config.batch()).isEqualTo(Duration.ofMillis(200));
    assertThat(config.openWindowPace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.devicePace()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.snapshotEvery()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.rules().windows())
        .extracting(WindowSpec::name)
        .containsExactly("5s", "5m/1m", "1h");
    assertThat(config.rules().lateness()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.rules().revisionHorizon()).isEqualTo(Duration.ofDays(1));
    assertThat(config.rules().futureTolerance()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.decoders())
        .containsExactly(
            new DecoderRule(new TopicFilter("plant/+/press"), new Format.Json("at", '_')),
            new DecoderRule(new TopicFilter("other/#"), new Format.Senml()));
    assertThat(config.rules().limits().sensors()).isEqualTo(11);
    assertThat(config.rules().limits().epochs()).isEqualTo(12);
    assertThat(config.packLimits().maxReadings()).isEqualTo(13);
    assertThat(config.packLimits().maxBytes()).isEqualTo(14);
    assertThat(config.pulse())
        .isEqualTo(
            new StreamConfig.Pulse(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(6), 15, 16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          batsh: 1s                     | line 5: batsh: is unknown; did you mean batch?
          Batch: 1s                     | line 5: Batch: is unknown; did you mean batch?
          verbose: 1                    | line 5: verbose: is unknown; known are kafka, influxdb, hdfs
          limits: {sensors: 3}          | line 5: limits.sensors: is unknown; known are sensorsPerDevice,
          limits: {packbytes: 3}        | line 5: limits.packbytes: is unknown; did you mean packBytes?
          limits: [3]                   | line 5: limits: a list is not a map with sensorsPerDevice,
          limits: {packBytes: 0}        | line 5: limits.packBytes: '0' is not a whole number from 1 to
          limits: {packBytes: many}     | line 5: limits.packBytes: 'many' is not a whole number from 1 to
          limits: {packBytes: 1.5}      | line 5: limits.packBytes: '1.5' is not a whole number from 1 to
          limits: {packBytes: 9999999999999999999} | is not a whole number from 1 to
          limits: {packBytes: }         | line 5: limits.packBytes: nothing is not a whole number
          batch: 0ms                    | line 5: batch: '0ms' is not a duration from 10ms to 1h
          batch: soon                   | line 5: batch: 'soon' is not a duration from 10ms to 1h
          batch: {a: 1}                 | line 5: batch: a map is not a duration from 10ms to 1h
          batch: 2h                     | line 5: batch: '2h' is not a duration from 10ms to 1h
          windows: []                   | line 5: windows: a list is not a list of at least 1: a duration
          windows: [1m, 60s]            | line 5: windows[1]: is the same as one before it
          windows: [{length: 5m, slide: 2m}] | line 5: windows[0].slide: 2m does not divide the length, 5m
          windows: [{length: 1h, slide: 1s}] | line 5: windows[0].slide: puts every reading into 3600 windows; at most 1440
          windows: [{length: 1h}]       | line 5: windows[0].slide: is missing; expected a duration
          windows: [{length: 5m, slide: 1m}] | line 5: windows: all overlap
          decoders: [{format: json}]    | line 5: decoders[0].filter: is missing; expected an MQTT topic filter
          decoders: [{filter: a#, format: json}] | line 5: decoders[0].filter: Invalid topic filter 'a#'
          decoders: [{filter: a, format: xml}] | line 5: decoders[0].format: 'xml' is not one of senml, json
          decoders: [{filter: a, format: senml, time: t}] | line 5: decoders[0].time: means nothing to this format
          decoders: [{filter: a, format: json, separator: x}] | line 5: decoders[0].separator: 'x' is not one of . _ -
          windows: [1m, x]              | line 5: windows[1]: 'x' is not a duration
          spark: {master: "local[1]"}   | line 5: spark: stands here a second time
          batch: 300ms                  | pulse.slide: 10s is not a multiple of the batch of 300ms
          pulse: {slide: 1250ms}        | line 5: pulse.slide: 1250ms is not a multiple of the batch of 500ms
          pulse: {slide: 4s, shortWindow: 8s, window: 62s} | line 5: pulse.window: 62s is not a multiple of the slide of 4s
          pulse: {shortWindow: 12s}     | line 5: pulse.shortWindow: 12s is not a multiple of the slide of 10s
          pulse: {shortWindow: 1m}      | line 5: pulse.shortWindow: is not shorter than window
          pulse: {window: 3s}           | line 5: pulse.window: 3s is not a multiple of the slide of 10s
          pulse: {leaders: 100}         | line 5: pulse.leaders: '100' is not a whole number from 1 to 99
          batch: [                      | no YAML
          """)
  void refusesNonsenseWithASentence(String line, String message) {
    assertThatThrownBy(() -> parse(LEAST + line + "\n"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1:9092 | localhost             | kafka.bootstrapServers: 'localhost' is not host:port
          http:          | influx:               | influxdb.url: 'influx://127.0.0.1:8086' is not an address that begins with http
          local[2]       | mesos                 | spark.master: 'mesos' is not one of local[N]
          hdfs://127     | file:///var           | hdfs.uri: 'file:///var.0.0.1:8020' is not an address that begins with hdfs://
          hdfs://127     | viewfs://127          | hdfs.uri: 'viewfs://127.0.0.1:8020' is not an address that begins with hdfs://
          hdfs://127     | s3://127              | hdfs.uri: 's3://127.0.0.1:8020' is not an address that begins with
          """)
  void refusesAddressesThatLeadNowhere(String right, String wrong, String message) {
    assertThatThrownBy(() -> parse(LEAST.replace(right, wrong)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesEveryProblemAtOnceInTheOrderOfLines() {
    // Given a file with something wrong almost everywhere
    String yaml =
        """
        kafka: {bootstrapServers: "127.0.0.1:9092", maxPacks: 5}
        influxdb:
          url: 127.0.0.1:8086
          retentionPolicy: main
          username: somebody
        hdfs: {uri: "hdfs://127.0.0.1:8020", replication: none}
        windows: [1m, 60s]
        lateness: -1s
        limits:
          packBytes: 1e6
        """;

    // When it is read
    InvalidConfigException refused =
        catchThrowableOfType(InvalidConfigException.class, () -> parse(yaml));

    // Then each problem is there
    assertThat(refused.problems())
        .extracting(problem -> problem.line() + " " + problem.key())
        .containsExactly(
            "1 kafka.maxPacks",
            "2 influxdb.database",
            "3 influxdb.url",
            "5 influxdb.username",
            "6 hdfs.replication",
            "7 windows[1]",
            "8 lateness",
            "10 limits.packBytes",
            "0 spark.master");
    assertThat(refused).hasMessageStartingWith("Cannot use configuration test.yaml: 9 problems");
  }

  @Test
  void namesEveryMissingKeyOfAnEmptyFile() {
    InvalidConfigException refused =
        catchThrowableOfType(InvalidConfigException.class, () -> parse(""));

    assertThat(refused.problems())
        .extracting(Problem::key)
        .containsExactly(
            "kafka.bootstrapServers",
            "influxdb.url",
            "influxdb.database",
            "influxdb.retentionPolicy",
            "hdfs.uri",
            "spark.master");
    assertThat(refused)
        .hasMessageContaining(
            "hdfs.uri: is missing; expected an address that begins with hdfs://, such as"
                + " hdfs://127.0.0.1:8020");
  }

  @Test
  void neverRepeatsAPassword() {
    assertThatThrownBy(() -> parse(LEAST.replace("http://", "http://me:hunter2@")))
        .hasMessageContaining("influxdb.url: holds a user or a password")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> parse(LEAST.replace("main}", "main, password: hunter2}")))
        .hasMessageContaining("influxdb.password: is unknown; did you mean")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesAPasswordFileThatCannotBeRead() {
    assertThatThrownBy(
            () ->
                parse(
                    LEAST.replace("main}", "main, username: me, passwordFile: /nowhere/password}")))
        .hasMessageContaining(
            "influxdb.passwordFile: '/nowhere/password' is not the absolute path of a file that"
                + " can be read");
  }

  @Test
  void takesBackWhatItShowsAsEffective() throws IOException {
    // Given a file that leaves much to the defaults
    StreamConfigFile file =
        StreamConfigFile.parse(LEAST + "windows: [ 5s ,1m]\nbatch: '1s'\n", "test.yaml");

    // When what takes effect is read again
    StreamConfigFile again = StreamConfigFile.parse(file.effective(), "effective");

    // Then it is the same, and says the defaults too
    assertThat(again.config()).isEqualTo(file.config());
    assertThat(again.effective()).isEqualTo(file.effective());
    assertThat(file.effective())
        .contains("\nbatch: 1s\n", "\nwindows: [5s, 1m]\n", "\n  packBytes: 262144\n")
        .contains("\n  master: 'local[2]'\n", "\n  bootstrapServers: 127.0.0.1:9092\n")
        .doesNotContain("username");
  }

  @Test
  void readsAFileByAddress(@TempDir Path folder) throws IOException {
    // Given
    String yaml = LEAST + "batch: 1s\n";
    Path file = Files.writeString(folder.resolve("stream.yaml"), yaml);

    // When
    StreamConfigFile byAddress = StreamConfigFile.readFrom("file://" + file);

    // Then
    assertThat(byAddress).isEqualTo(StreamConfigFile.readFrom(file.toString()));
    assertThatThrownBy(() -> StreamConfigFile.readFrom("file:///no/such.yaml"))
        .hasMessageStartingWith("Cannot read configuration file:///no/such.yaml: ");
  }

  @Test
  void everyDefaultAndExampleIsOfItsKeysForm() {
    assertThat(wrongTexts(StreamKeys.FILE)).isEmpty();
  }

  /** Keys whose default, or example, would be refused in a file. */
  private static List<String> wrongTexts(Group<?> group) {
    return group.keys().stream().flatMap(key -> wrongTexts(key).stream()).toList();
  }

  private static List<String> wrongTexts(Key<?> key) {
    if (key.absence() == Key.Absence.SECTION) {
      return key.form().keysInside().map(StreamConfigFileTest::wrongTexts).orElseThrow();
    }
    Place place = Place.top();
    boolean right = key.form().read(Yaml.node(key.text()), place).isPresent();
    boolean isFile = key.form().expected().contains("a file that can be read");
    return right || isFile ? List.of() : List.of(key.name() + " " + place.problems());
  }

  private static StreamConfig parse(String yaml) throws InvalidConfigException {
    return StreamConfigFile.parse(yaml, "test.yaml").config();
  }
}
