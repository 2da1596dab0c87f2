package io.fieldwatch.connect.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/**
 * The worker's registry of metrics, for tests without a worker. Later tasks replace earlier ones.
 */
final class RecordedMetrics implements PluginMetrics {
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();

  long value(String name) {
    Gauge<?> gauge = gauges.get(name);
    if (gauge == null) {
      throw new IllegalArgumentException("No metric " + name + " in " + gauges.keySet());
    }
    return (Long) gauge.value(new MetricConfig(), 0);
  }

  @SuppressWarnings("NonApiType") // Kafka's interface asks for that map.
  @Override
  public MetricName metricName(
      String name, String description, LinkedHashMap<String, String> tags) {
    return new MetricName(name, "plugins", description, tags);
  }

  @Override
  public void addMetric(MetricName name, MetricValueProvider<?> value) {
    gauges.put(name.name(), (Gauge<?>) value);
  }

  @Override
  public void removeMetric(MetricName name) {
    gauges.remove(name.name());
  }

  @Override
  public Sensor addSensor(String name) {
    throw new UnsupportedOperationException("Sensors are not used");
  }

  @Override
  public void removeSensor(String name) {
    throw new UnsupportedOperationException("Sensors are not used");
  }
}
