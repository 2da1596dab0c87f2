package io.fieldwatch.stream.config;

import static java.util.stream.Collectors.joining;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Writes a configuration as it takes effect: every declared key, as written or by default. */
final class EffectiveYaml {
  private EffectiveYaml() {}

  /** A map that was read without a complaint, with its absent keys filled in; YAML again. */
  static String of(Group<?> group, Node written) {
    StringBuilder yaml = new StringBuilder();
    append(group, written, "", yaml);
    return yaml.toString();
  }

  private static void append(Group<?> group, Node written, String indent, StringBuilder yaml) {
    for (Key<?> key : group.keys()) {
      Optional<Node> inEffect = key.inEffect(valueOf(key, written));
      if (inEffect.isEmpty()) {
        continue;
      }
      yaml.append(indent).append(key.name()).append(':');
      if (key.form() instanceof Group<?> section) {
        yaml.append('\n');
        append(section, inEffect.get(), indent + "  ", yaml);
      } else {
        yaml.append(' ').append(inline(inEffect.get())).append('\n');
      }
    }
  }

  private static @Nullable Node valueOf(Key<?> key, Node map) {
    for (NodeTuple entry : Yaml.entries(map)) {
      if (Yaml.keyOf(entry).equals(key.name())) {
        return entry.getValueNode();
      }
    }
    return null;
  }

  private static String inline(Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().map(EffectiveYaml::inline).collect(joining(", ", "[", "]"));
    }
    if (node instanceof MappingNode map) {
      return map.getValue().stream()
          .map(entry -> Yaml.keyOf(entry) + ": " + inline(entry.getValueNode()))
          .collect(joining(", ", "{", "}"));
    }
    return scalar(Yaml.text(node).orElse(""));
  }

  /** Plain where YAML would read the same back, else in quotes. */
  private static String scalar(String text) {
    return text.matches("[A-Za-z0-9/][A-Za-z0-9._/+-]*(:[A-Za-z0-9._/+-]+)*")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
