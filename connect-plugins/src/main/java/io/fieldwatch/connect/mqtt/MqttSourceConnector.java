package io.fieldwatch.connect.mqtt;

import io.fieldwatch.topic.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Carries MQTT messages into Kafka, at least once: a message is acknowledged to the broker after
 * Kafka has its record. Needs a worker of Kafka 4.1 or later and an MQTT 5 broker.
 *
 * <p>The filters of the routes are dealt to the tasks, one MQTT session each; a filter is never
 * divided, so records of one device and route keep the order in which the broker delivered them.
 * The position is the broker's session, not a Connect offset.
 */
public final class MqttSourceConnector extends SourceConnector {
  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return Version.current();
  }

  @Override
  public ConfigDef config() {
    return MqttSourceConfig.definition();
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MqttSourceTask.class;
  }

  @Override
  public void start(Map<String, String> connectorProperties) {
    List<MqttSourceConfig.Problem> problems = new MqttSourceConfig(connectorProperties).problems();
    if (!problems.isEmpty()) {
      throw new ConfigException(
          problems.stream()
              .map(problem -> problem.option() + ": " + problem.sentence())
              .collect(Collectors.joining("; ", "Cannot start the MQTT connector: ", "")));
    }
    properties = Map.copyOf(connectorProperties);
  }

  @Override
  public void stop() {
    // Everything that runs belongs to the tasks.
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>();
    for (List<TopicFilter> hand : new MqttSourceConfig(properties).routes().deal(maxTasks)) {
      Map<String, String> config = new HashMap<>(properties);
      config.put(MqttSourceConfig.TASK_NUMBER, Integer.toString(configs.size()));
      config.put(
          MqttSourceConfig.TASK_FILTERS,
          hand.stream().map(TopicFilter::text).collect(Collectors.joining(",")));
      configs.add(config);
    }
    return configs;
  }

  @Override
  public Config validate(Map<String, String> connectorProperties) {
    Config config = super.validate(connectorProperties);
    boolean eachIsRight =
        config.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
    if (!eachIsRight) {
      return config;
    }
    List<ConfigValue> values = new ArrayList<>(config.configValues());
    for (MqttSourceConfig.Problem problem : new MqttSourceConfig(connectorProperties).problems()) {
      values.stream()
          .filter(value -> value.name().equals(problem.option()))
          .findFirst()
          .orElseGet(
              () -> {
                ConfigValue unknown = new ConfigValue(problem.option());
                values.add(unknown);
                return unknown;
              })
          .addErrorMessage(problem.sentence());
    }
    return new Config(values);
  }

  /** A redelivered message is produced again; nothing here makes that exactly once. */
  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorProperties) {
    return ExactlyOnceSupport.UNSUPPORTED;
  }

  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> connectorProperties) {
    return ConnectorTransactionBoundaries.UNSUPPORTED;
  }

  /** Offsets mean nothing to this connector, so any change to them is harmless. */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorProperties, Map<Map<String, ?>, Map<String, ?>> offsets) {
    return true;
  }
}
