package io.fieldwatch.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks an InfluxDB 1.x as Grafana's data source does: POST, times in milliseconds. */
final class Influx {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI query;

  Influx(URI influx, String database) {
    String base = influx.toString().replaceAll("/+$", "");
    this.query = URI.create(base + "/query?db=" + database + "&epoch=ms");
  }

  /**
   * Runs one query and waits for its answer. That InfluxDB refuses it is an answer.
   *
   * @throws UncheckedIOException if InfluxDB cannot be reached
   */
  Answer ask(String text) {
    HttpRequest request =
        HttpRequest.newBuilder(query)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "q=" + URLEncoder.encode(text, StandardCharsets.UTF_8)))
            .build();
    long start = System.nanoTime();
    HttpResponse<String> response = send(request);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return answer(response, elapsed);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask InfluxDB at " + query + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot ask InfluxDB at " + query + ": interrupted", e);
    }
  }

  private static Answer answer(HttpResponse<String> response, Duration elapsed) {
    JsonNode root;
    try {
      root = JsonFormat.MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      return new Answer(
          response.statusCode(), "no JSON: " + e.getOriginalMessage(), List.of(), elapsed);
    }
    // A statement that fails while another succeeds is reported inside a 200.
    JsonNode result = root.path("results").path(0);
    String error = root.path("error").asText(result.path("error").asText());
    List<Series> series = new ArrayList<>();
    result.path("series").forEach(node -> series.add(series(node)));
    return new Answer(response.statusCode(), error, series, elapsed);
  }

  private static Series series(JsonNode node) {
    Map<String, String> tags = new LinkedHashMap<>();
    node.path("tags").fields().forEachRemaining(e -> tags.put(e.getKey(), e.getValue().asText()));
    List<String> columns = new ArrayList<>();
    node.path("columns").forEach(column -> columns.add(column.asText()));
    List<List<JsonNode>> rows = new ArrayList<>();
    node.path("values").forEach(row -> rows.add(Dashboard.children(row).toList()));
    return new Series(node.path("name").asText(), tags, columns, rows);
  }

  /**
   * What InfluxDB answered.
   *
   * @param error its words when it refused, else empty
   */
  record Answer(int status, String error, List<Series> series, Duration elapsed) {

    Answer {
      series = List.copyOf(series);
    }
  }
}
