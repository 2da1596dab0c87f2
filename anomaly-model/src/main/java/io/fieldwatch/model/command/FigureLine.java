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
 * @param ceilings the most, likewise; written among the floors
 */
record FigureLine(
    String name,
    Map<String, Double> figures,
    Map<String, Double> floors,
    Map<String, Double> ceilings) {
  FigureLine {
    figures = new LinkedHashMap<>(figures);
    floors = new LinkedHashMap<>(floors);
    ceilings = new LinkedHashMap<>(ceilings);
  }

  FigureLine(String name, Map<String, Double> figures, Map<String, Double> floors) {
    this(name, figures, floors, Map.of());
  }

  /** Whether every bound held. */
  boolean ok() {
    return floors.entrySet().stream().allMatch(b -> figure(b.getKey()) >= b.getValue())
        && ceilings.entrySet().stream().allMatch(b -> figure(b.getKey()) <= b.getValue());
  }

  private double figure(String key) {
    return figures.getOrDefault(key, Double.NaN);
  }

  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("name", name).put("ok", ok());
    ObjectNode figuresJson = json.putObject("figures");
    figures.forEach((key, value) -> figuresJson.put(key, Math.round(value * 1e4) / 1e4));
    ObjectNode boundsJson = json.putObject("floors");
    floors.forEach(boundsJson::put);
    ceilings.forEach(boundsJson::put);
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
