package io.fieldwatch.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  private static String machine() {
    return "%d cores, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }
}
