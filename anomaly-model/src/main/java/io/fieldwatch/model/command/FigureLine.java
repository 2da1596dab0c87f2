package io.fieldwatch.model.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The line of JSON that a measured run ends with, the same as of {@code ./fieldwatch bench}.
 *
 * @param figures what was measured, by name with unit
 * @param floors the least that those figures should be that have one
 */
record FigureLine(String name, Map<String, Double> figures, Map<String, Double> floors) {
  FigureLine {
    figures = new LinkedHashMap<>(figures);
    floors = new LinkedHashMap<>(floors);
  }

  /** Whether every floor held. */
  boolean ok() {
    return floors.entrySet().stream()
        .allMatch(floor -> figures.getOrDefault(floor.getKey(), Double.NaN) >= floor.getValue());
  }

  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("name", name).put("ok", ok());
    ObjectNode figuresJson = json.putObject("figures");
    figures.forEach((key, value) -> figuresJson.put(key, Math.round(value * 1e4) / 1e4));
    ObjectNode floorsJson = json.putObject("floors");
    floors.forEach(floorsJson::put);
    json.put(
        "machine",
        "%d cores, %s %s, Java %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version")));
    return json.toString();
  }
}
