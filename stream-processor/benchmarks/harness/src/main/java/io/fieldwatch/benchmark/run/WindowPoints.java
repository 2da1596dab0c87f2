package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.benchmark.contract.WindowRecord;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Reads the closed windows of the compared length from InfluxDB. All with one statement whose
 * answer comes in parts: a statement takes seconds with many series, however little it asks for.
 */
record WindowPoints(URI server, String database) {
  private static final Duration BOUND = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATEMENT =
      """
      SELECT count, mean, stddev, min, max, p95, site, device, sensor FROM main."window" \
      WHERE "window" = '%ds' AND final = true"""
          .formatted(Trial.WINDOW.toSeconds());

  /**
   * Blocks until all are read.
   *
   * @param consumer is told {@code site/device} and the window
   */
  void read(BiConsumer<String, WindowRecord> consumer) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                server.resolve(
                    "/query?epoch=ms&chunked=true&db=%s&q=%s"
                        .formatted(encode(database), encode(STATEMENT))))
            .timeout(BOUND)
            .build();
    HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> parts = response.body()) {
      for (Iterator<String> part = parts.iterator(); part.hasNext(); ) {
        accept(JSON.readTree(part.next()), consumer);
      }
    }
  }

  private static void accept(JsonNode part, BiConsumer<String, WindowRecord> consumer)
      throws IOException {
    JsonNode result = part.path("results").path(0);
    if (part.has("error") || result.has("error")) {
      throw new IOException("Cannot read the windows: " + part);
    }
    for (JsonNode series : result.path("series")) {
      Map<String, Integer> columns = new HashMap<>();
      series.path("columns").forEach(column -> columns.put(column.asText(), columns.size()));
      for (JsonNode row : series.path("values")) {
        Row values = new Row(columns, row);
        consumer.accept(values.text("site") + "/" + values.text("device"), values.window());
      }
    }
  }

  private record Row(Map<String, Integer> columns, JsonNode values) {
    private JsonNode value(String column) {
      return values.path(columns.getOrDefault(column, values.size()));
    }

    String text(String column) {
      return value(column).asText();
    }

    WindowRecord window() {
      return new WindowRecord(
          text("sensor"),
          value("time").asLong(),
          value("count").asLong(),
          value("mean").asDouble(),
          value("stddev").asDouble(),
          value("min").asDouble(),
          value("max").asDouble(),
          value("p95").asDouble());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
