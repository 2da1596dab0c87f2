package io.fieldwatch.stream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.stream.window.WindowSpec;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
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
  void hasDefaults() {
    StreamConfig config = StreamConfigFile.parse(LEAST);

    assertThat(config.batch()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.openWindowPace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.devicePace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.snapshotEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.rules().windows()).extracting(WindowSpec::name).containsExactly("10s", "1m");
    assertThat(config.rules().lateness()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.rules().revisionHorizon()).isEqualTo(Duration.ofHours(1));
    assertThat(config.rules().futureTolerance()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.rules().limits().sensors()).isEqualTo(1000);
    assertThat(config.rules().limits().epochs()).isEqualTo(16);
    assertThat(config.packLimits().maxBytes()).isEqualTo(256 << 10);
    assertThat(config.packLimits().maxReadings()).isEqualTo(10_000);
    assertThat(config.kafka().maxPacksPerPartitionPerBatch()).isEqualTo(20_000);
    assertThat(config.hdfs().path("state")).isEqualTo("hdfs://127.0.0.1:8020/fieldwatch/state");
    assertThat(config.hdfs().replication()).isEqualTo(3);
  }

  @Test
  void mapsEveryOption() {
    StreamConfig config =
        StreamConfigFile.parse(
            """
            kafka: {bootstrapServers: "k:1", maxPacksPerPartitionPerBatch: 7}
            influxdb: {url: "http://i:2", database: d, retentionPolicy: r}
            hdfs: {uri: "hdfs://h:3", root: /x, replication: 1}
            spark: {master: "spark://s:4"}
            batch: 200ms
            openWindowPace: 3s
            devicePace: 4s
            snapshotEvery: 1m
            windows: [5s, 1h]
            lateness: 9s
            revisionHorizon: 1d
            futureTolerance: 2m
            limits: {sensorsPerDevice: 11, epochsPerDevice: 12, readingsPerPack: 13, packBytes: 14}
            """);

    assertThat(config.kafka()).isEqualTo(new StreamConfig.Kafka("k:1", 7));
    assertThat(config.influxdb())
        .isEqualTo(new StreamConfig.Influx(URI.create("http://i:2"), "d", "r"));
    assertThat(config.hdfs()).isEqualTo(new StreamConfig.Hdfs(URI.create("hdfs://h:3"), "/x", 1));
    assertThat(config.spark().master()).isEqualTo("spark://s:4");
    assertThat(config.batch()).isEqualTo(Duration.ofMillis(200));
    assertThat(config.openWindowPace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.devicePace()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.snapshotEvery()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.rules().windows()).extracting(WindowSpec::name).containsExactly("5s", "1h");
    assertThat(config.rules().lateness()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.rules().revisionHorizon()).isEqualTo(Duration.ofDays(1));
    assertThat(config.rules().futureTolerance()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.rules().limits().sensors()).isEqualTo(11);
    assertThat(config.rules().limits().epochs()).isEqualTo(12);
    assertThat(config.packLimits().maxReadings()).isEqualTo(13);
    assertThat(config.packLimits().maxBytes()).isEqualTo(14);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          batsh: 1s                    | unknown key 'batsh'
          limits: {sensors: 3}         | unknown key 'limits.sensors'
          batch: 0ms                   | Invalid batch: must be longer than 0
          batch: soon                  | expected a number and a unit, such as 500ms
          windows: [1m, 10s]           | must ascend
          spark: {master: "local[1]"}  | Duplicate
          """)
  void refusesNonsenseWithASentence(String line, String message) {
    assertThatThrownBy(() -> StreamConfigFile.parse(LEAST + line + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesAMissingKey() {
    assertThatThrownBy(() -> StreamConfigFile.parse("batch: 1s\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kafka");
  }
}
