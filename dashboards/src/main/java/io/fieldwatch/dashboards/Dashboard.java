package io.fieldwatch.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dashboard's file: its text and the tree of it.
 *
 * @param file the file's name, such as {@code fleet.json}
 */
record Dashboard(String file, String text, JsonNode root) {

  private static final List<String> SHIPPED = List.of("fleet.json", "device.json", "pipeline.json");

  static Dashboard parse(String file, String text) {
    try {
      return new Dashboard(file, text, JsonFormat.MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot read dashboard " + file + ": " + e.getMessage(), e);
    }
  }

  /** The dashboards of this build, read from its own jar. */
  static List<Dashboard> shipped() {
    return SHIPPED.stream()
        .map(file -> parse(file, resource("grafana/dashboards/" + file)))
        .toList();
  }

  private static String resource(String path) {
    try (InputStream in = Dashboard.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("Cannot read " + path + ": it is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  String uid() {
    return root.path("uid").asText();
  }

  /** Panels that show data: all but rows, with those inside collapsed rows. */
  List<JsonNode> panels() {
    return everyPanel().filter(panel -> !isRow(panel)).toList();
  }

  Stream<JsonNode> everyPanel() {
    return children(root.path("panels"))
        .flatMap(panel -> Stream.concat(Stream.of(panel), children(panel.path("panels"))));
  }

  List<JsonNode> variables() {
    return children(root.path("templating").path("list")).toList();
  }

  List<JsonNode> annotations() {
    return children(root.path("annotations").path("list")).toList();
  }

  Optional<JsonNode> variable(String name) {
    return variables().stream().filter(v -> v.path("name").asText().equals(name)).findFirst();
  }

  /** The queries of annotations and panels; those of variables come first, in their order. */
  List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    variables().stream()
        .filter(variable -> variable.path("type").asText().equals("query"))
        .forEach(variable -> queries.add(Query.ofVariable(this, variable)));
    annotations().forEach(annotation -> queries.add(Query.ofAnnotation(this, annotation)));
    String repeatedRow = "";
    for (JsonNode panel : everyPanel().toList()) {
      if (isRow(panel)) {
        repeatedRow = panel.path("repeat").asText();
      } else {
        String repeat = panel.path("repeat").asText(repeatedRow);
        children(panel.path("targets"))
            .forEach(target -> queries.add(Query.ofPanel(this, panel, target, repeat)));
      }
    }
    return queries;
  }

  static Stream<JsonNode> children(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  static boolean isRow(JsonNode panel) {
    return panel.path("type").asText().equals("row");
  }
}
