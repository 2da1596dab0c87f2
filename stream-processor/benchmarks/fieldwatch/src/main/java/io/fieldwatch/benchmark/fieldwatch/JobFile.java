package io.fieldwatch.benchmark.fieldwatch;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The job's configuration, written as a user writes it. */
final class JobFile {
  private JobFile() {}

  /**
   * Writes it to the folder of the system's state and reads it.
   *
   * @param tasks how many run at a time: more than there are cores, because a task waits for Kafka
   *     and for the answer to its results
   * @param more further lines of YAML
   */
  static StreamConfigFile write(Settings settings, int tasks, String more) throws IOException {
    if (!settings.input().equals(KafkaTopics.READINGS)) {
      throw new IllegalArgumentException("Cannot read topic " + settings.input());
    }
    String yaml =
        """
        kafka: {bootstrapServers: '%s'}
        influxdb: {url: '%s', database: %s, retentionPolicy: main}
        hdfs: {uri: '%s', root: '%s', replication: 1}
        spark: {master: 'local[%d]'}
        """
            .formatted(
                settings.bootstrap(),
                settings.own().getOrDefault("influxdb", "http://127.0.0.1:1"),
                settings.own().getOrDefault("database", "none"),
                settings.own().get("hdfs"),
                settings.own().get("root"),
                tasks);
    Path file = settings.state().resolve("stream.yaml");
    Files.writeString(file, yaml + more);
    return StreamConfigFile.read(file);
  }
}
