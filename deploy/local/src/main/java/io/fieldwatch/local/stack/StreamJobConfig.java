package io.fieldwatch.local.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Renders the stream job's configuration; docs/reference/stream-config.md has its keys. */
final class StreamJobConfig {
  private StreamJobConfig() {}

  /**
   * @param settings further or other values by dotted key, such as {@code limits.packBytes}, each
   *     as it would stand in the file: {@code 200ms}, {@code [10s, 1m]}
   */
  static String yaml(Endpoints endpoints, Map<String, String> settings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    put(tree, "kafka.bootstrapServers", endpoints.kafkaBootstrap());
    put(tree, "influxdb.url", endpoints.influxDb().toString());
    put(tree, "influxdb.database", InfluxDb.DATABASE);
    put(tree, "influxdb.retentionPolicy", InfluxDb.RETENTION_POLICY);
    put(tree, "hdfs.uri", endpoints.hdfs().toString());
    put(tree, "hdfs.replication", 1);
    // Two threads; a task that fails is run again, up to four times, as on a cluster.
    put(tree, "spark.master", "local[2,4]");
    settings.forEach(
        (key, value) ->
            put(tree, key, new Load(LoadSettings.builder().build()).loadFromString(value)));
    return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
        .dumpToString(tree);
  }

  @SuppressWarnings("unchecked") // only this method fills the tree, with maps inside
  private static void put(Map<String, Object> tree, String dottedKey, Object value) {
    Map<String, Object> node = tree;
    String[] keys = dottedKey.split("\\.");
    for (int i = 0; i < keys.length - 1; i++) {
      node = (Map<String, Object>) node.computeIfAbsent(keys[i], key -> new LinkedHashMap<>());
    }
    node.put(keys[keys.length - 1], value);
  }
}
