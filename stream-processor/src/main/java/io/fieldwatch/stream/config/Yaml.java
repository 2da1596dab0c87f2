package io.fieldwatch.stream.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML text as a tree of nodes that know their lines. */
final class Yaml {
  private static final int LONGEST_QUOTE = 60;
  private static final LoadSettings IN_A_FILE = LoadSettings.builder().setUseMarks(true).build();

  /** Its lines would be taken for those of a file. */
  private static final LoadSettings IN_CODE = LoadSettings.builder().setUseMarks(false).build();

  private Yaml() {}

  /** The tree of a file; complains where the text is no YAML. */
  static Optional<Node> parse(String text, Place place) {
    try {
      return Optional.of(compose(text, IN_A_FILE).orElseGet(() -> node("{}")));
    } catch (MarkedYamlEngineException e) {
      place.complain(
          "is no YAML: " + e.getProblem(),
          e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0));
    } catch (YamlEngineException e) {
      place.complain("is no YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The tree of a text that a declaration holds. */
  static Node node(String text) {
    return compose(text, IN_CODE)
        .orElseThrow(() -> new IllegalArgumentException("Cannot read '" + text + "': no YAML"));
  }

  private static Optional<Node> compose(String text, LoadSettings settings) {
    return new Compose(settings).composeString(text);
  }

  /** From 1; 0 if unknown. */
  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  /** Whether a key has nothing after its colon. */
  static boolean isEmpty(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && (scalar.getValue().isEmpty() || scalar.getValue().equals("null"));
  }

  /** The text of a scalar; nothing for anything else. */
  static Optional<String> text(Node node) {
    return node instanceof ScalarNode scalar && !isEmpty(node)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** The entries of a map; none of anything else. */
  static List<NodeTuple> entries(Node node) {
    return node instanceof MappingNode map ? map.getValue() : List.of();
  }

  /** The entries of a list; a lone value counts as a list of one. */
  static List<Node> elements(Node node) {
    if (isEmpty(node)) {
      return List.of();
    }
    return node instanceof SequenceNode list ? list.getValue() : List.of(node);
  }

  static String keyOf(NodeTuple entry) {
    return text(entry.getKeyNode()).orElse("?");
  }

  /** For messages: what stands there, shortened. */
  static String describe(Node node) {
    if (node instanceof MappingNode) {
      return "a map";
    }
    if (node instanceof SequenceNode) {
      return "a list";
    }
    return text(node).map(Yaml::quoted).orElse("nothing");
  }

  /** One line, whatever the text holds. */
  static String quoted(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST_QUOTE
        ? "'" + line.substring(0, LONGEST_QUOTE) + "…'"
        : "'" + line + "'";
  }
}
