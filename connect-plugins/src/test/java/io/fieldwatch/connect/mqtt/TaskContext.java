package io.fieldwatch.connect.mqtt;

import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What a worker gives a task, for tests without a worker. */
record TaskContext(Map<String, String> configs, PluginMetrics pluginMetrics)
    implements SourceTaskContext {
  @Override
  public OffsetStorageReader offsetStorageReader() {
    throw new UnsupportedOperationException("The broker keeps the position");
  }
}
