package io.fieldwatch.local.influx;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.rest.JsonClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs InfluxQL on one database. Safe for several threads; a call blocks at most ten seconds. */
public final class InfluxQuery {
  private final JsonClient server;
  private final String database;

  public InfluxQuery(URI server, String database) {
    this.server = new JsonClient(server);
    this.database = database;
  }

  /**
   * Runs one statement and gives its rows, of all series one after the other. Times are in
   * milliseconds since the epoch. A measurement or field that does not exist gives no rows.
   *
   * @throws IOException if the server is away or refuses the statement
   */
  public List<Row> run(String statement) throws IOException, InterruptedException {
    String form = "db=" + encode(database) + "&epoch=ms&q=" + encode(statement);
    JsonNode answer = server.postForm("/query", form);
    JsonNode result = answer.path("results").path(0);
    JsonNode error = answer.has("error") ? answer.get("error") : result.path("error");
    if (!error.isMissingNode()) {
      throw new IOException("Cannot run '" + statement + "': " + error.asText());
    }
    List<Row> rows = new ArrayList<>();
    for (JsonNode series : result.path("series")) {
      addRows(series, rows);
    }
    return rows;
  }

  /** The server's own counters, {@code /debug/vars}. */
  public JsonNode serverCounters() throws IOException, InterruptedException {
    return server.get("/debug/vars");
  }

  private static void addRows(JsonNode series, List<Row> rows) {
    Map<String, String> tags = new LinkedHashMap<>();
    series
        .path("tags")
        .fields()
        .forEachRemaining(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    for (JsonNode values : series.path("values")) {
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        if (!values.get(i).isNull()) {
          fields.put(series.path("columns").get(i).asText(), values.get(i));
        }
      }
      rows.add(new Row(series.path("name").asText(), tags, fields));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
