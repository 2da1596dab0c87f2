package io.fieldwatch.local.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.Endpoints;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads every point of a measurement with every tag and field. Numbers are taken as the server
 * spells them, so that not even the sign of a zero is lost on the way.
 */
final class StoredPoints {
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  StoredPoints(URI server) {
    this.server = server;
  }

  Map<PointId, Map<String, Object>> read(String measurement)
      throws IOException, InterruptedException {
    Map<String, String> types = fieldTypes(measurement);
    String statement = "SELECT * FROM \"" + measurement + "\" GROUP BY *";
    URI query =
        server.resolve(
            "/query?db=%s&epoch=ms&chunked=true&q=%s"
                .formatted(Endpoints.DATABASE, URLEncoder.encode(statement, UTF_8)));
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(query).timeout(BOUND).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    Map<PointId, Map<String, Object>> points = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(response.body())) {
      if (response.statusCode() != 200) {
        throw new IOException(
            "Cannot read '%s': HTTP %d".formatted(measurement, response.statusCode()));
      }
      Reader reader = new Reader(json, measurement, types, points);
      while (json.nextToken() != null) {
        reader.token();
      }
    }
    return points;
  }

  private Map<String, String> fieldTypes(String measurement)
      throws IOException, InterruptedException {
    Map<String, String> types = new HashMap<>();
    String statement = "SHOW FIELD KEYS FROM \"" + measurement + "\"";
    for (Row row : new InfluxQuery(server, Endpoints.DATABASE).run(statement)) {
      types.put(row.text("fieldKey").orElseThrow(), row.text("fieldType").orElseThrow());
    }
    return types;
  }

  /** Follows the tokens of one answer: series with their tags, columns and rows. */
  private static final class Reader {
    private final JsonParser json;
    private final String measurement;
    private final Map<String, String> types;
    private final Map<PointId, Map<String, Object>> points;
    private TreeMap<String, String> tags = new TreeMap<>();
    private List<String> columns = List.of();

    Reader(
        JsonParser json,
        String measurement,
        Map<String, String> types,
        Map<PointId, Map<String, Object>> points) {
      this.json = json;
      this.measurement = measurement;
      this.types = types;
      this.points = points;
    }

    void token() throws IOException {
      if (json.currentToken() != JsonToken.FIELD_NAME) {
        return;
      }
      switch (json.currentName()) {
        case "error" ->
            throw new IOException(
                "Cannot read '%s': %s".formatted(measurement, json.nextTextValue()));
        case "tags" -> readTags();
        case "columns" -> columns = readColumns();
        case "values" -> readRows();
        default -> {
          // Names of the answer's frame.
        }
      }
    }

    private void readTags() throws IOException {
      tags = new TreeMap<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        tags.put(json.currentName(), json.nextTextValue());
      }
    }

    private List<String> readColumns() throws IOException {
      List<String> names = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        names.add(json.getText());
      }
      return names;
    }

    private void readRows() throws IOException {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        readRow();
      }
    }

    private void readRow() throws IOException {
      Map<String, Object> fields = new HashMap<>();
      long time = 0;
      int column = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        String name = columns.get(column++);
        if (name.equals("time")) {
          time = json.getLongValue();
        } else {
          Object value = value(name);
          if (value != null) {
            fields.put(name, value);
          }
        }
      }
      points.put(new PointId(measurement, tags, time), fields);
    }

    private @Nullable Object value(String name) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        return null;
      }
      String text = json.getText();
      return switch (types.getOrDefault(name, "")) {
        case "integer" -> Long.valueOf(text);
        case "float" -> Double.valueOf(text);
        case "boolean" -> Boolean.valueOf(text);
        default -> text;
      };
    }
  }
}
