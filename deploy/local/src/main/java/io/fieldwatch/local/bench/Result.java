package io.fieldwatch.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a benchmark measured.
 *
 * @param ok whether every bound held
 * @param figures what was measured, by name with unit
 * @param floors the bounds of those figures that have one
 */
public record Result(
    String name, boolean ok, Map<String, Double> figures, Map<String, Double> floors) {
  public Result {
    figures = new LinkedHashMap<>(figures);
    floors = new LinkedHashMap<>(floors);
  }

  /** One line: {@code {"name": …, "ok": …, "figures": {…}, "floors": {…}, "machine": …}}. */
  public String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("name", name).put("ok", ok);
    ObjectNode figuresJson = json.putObject("figures");
    figures.forEach(figuresJson::put);
    ObjectNode floorsJson = json.putObject("floors");
    floors.forEach(floorsJson::put);
    json.put("machine", machine());
    return json.toString();
  }

  /**
   * Reads what {@link #json} wrote, in whichever program.
   *
   * @throws IOException if it is no such line
   */
  static Result parse(String line) throws IOException {
    JsonNode json = new ObjectMapper().readTree(line);
    return new Result(
        json.path("name").asText(),
        json.path("ok").asBoolean(),
        numbers(json.path("figures")),
        numbers(json.path("floors")));
  }

  private static Map<String, Double> numbers(JsonNode object) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    object
        .fields()
        .forEachRemaining(field -> numbers.put(field.getKey(), field.getValue().asDouble()));
    return numbers;
  }

  private static String machine() {
    return "%d cores, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }
}
