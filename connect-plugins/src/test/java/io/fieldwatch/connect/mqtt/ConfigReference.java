package io.fieldwatch.connect.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Writes the reference page from the connector's {@link ConfigDef}. Run from connect-plugins. */
final class ConfigReference {
  static final Path PAGE = Path.of("../docs/reference/mqtt-source.md");

  private ConfigReference() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(PAGE, page());
  }

  static String page() {
    ConfigDef definition = MqttSourceConfig.definition();
    StringBuilder page = new StringBuilder();
    page.append("# MQTT source connector: configuration\n\n")
        .append("Generated from `MqttSourceConfig` by `ConfigReference`; do not edit.\n")
        .append("Class: `")
        .append(MqttSourceConnector.class.getName())
        .append("`\n");
    for (String group : definition.groups()) {
      page.append("\n## ")
          .append(group)
          .append("\n\n| option | type | default | allowed | meaning |\n")
          .append("| --- | --- | --- | --- | --- |\n");
      List<ConfigKey> keys =
          definition.configKeys().values().stream()
              .filter(key -> Objects.equals(key.group, group))
              .sorted(Comparator.comparingInt(key -> key.orderInGroup))
              .toList();
      keys.forEach(key -> page.append(row(key)));
    }
    return page.toString();
  }

  private static String row(ConfigKey key) {
    String allowed = key.validator == null ? "" : key.validator.toString();
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(
            key.name,
            key.type.name().toLowerCase(java.util.Locale.ROOT),
            defaultOf(key),
            allowed,
            key.documentation);
  }

  private static String defaultOf(ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    Object value = key.defaultValue;
    if (value == null) {
      return "none";
    }
    return "`"
        + (value instanceof List<?> list
            ? String.join(",", list.stream().map(Object::toString).toList())
            : value)
        + "`";
  }
}
