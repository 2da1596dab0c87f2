package io.fieldwatch.local.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks one server for JSON. Safe for several threads; each call blocks for at most ten seconds. */
public final class JsonClient {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  public JsonClient(URI server) {
    this.server = server;
  }

  /**
   * Gets what is at a path.
   *
   * @throws IOException if the server is away
   * @throws RefusedException if it refuses
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  /** Sends a form, as InfluxDB takes its queries. */
  public JsonNode postForm(String path, String form) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  /**
   * Sends a form to a server that answers with a page or with the way to one.
   *
   * @throws RefusedException if it refuses
   */
  public void post(String path, String form) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> response = answer(request);
    if (response.statusCode() / 100 > 3) {
      throw new RefusedException(request, response.statusCode(), response.body());
    }
  }

  public JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(BOUND);
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = answer(request);
    if (response.statusCode() / 100 != 2) {
      throw new RefusedException(request, response.statusCode(), response.body());
    }
    return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
  }

  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (ConnectException away) {
      // The JDK's exception has no message.
      throw new IOException("Cannot reach " + request.uri() + ": nobody listens there", away);
    }
  }
}
