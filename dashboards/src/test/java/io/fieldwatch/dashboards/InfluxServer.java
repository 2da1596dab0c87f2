package io.fieldwatch.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real InfluxDB of its own: loopback, free ports, data in a directory of the test. */
final class InfluxServer {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI uri;

  private InfluxServer(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  static InfluxServer start(Path directory) throws IOException {
    int http = freePort();
    Path config = directory.resolve("influxdb.conf");
    Files.writeString(
        config,
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:%d"
        [meta]
          dir = "%3$s/meta"
        [data]
          dir = "%3$s/data"
          wal-dir = "%3$s/wal"
          index-version = "tsi1"
        [http]
          bind-address = "127.0.0.1:%2$d"
          log-enabled = false
        [monitor]
          store-enabled = false
        """
            .formatted(freePort(), http, directory));
    Process process =
        new ProcessBuilder("influxd", "-config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("influxd.log").toFile())
            .start();
    InfluxServer server = new InfluxServer(process, URI.create("http://127.0.0.1:" + http));
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> process.isAlive() && server.answers());
    server.create();
    return server;
  }

  URI uri() {
    return uri;
  }

  private boolean answers() {
    try {
      return post("/query", "q=SHOW+DATABASES", "application/x-www-form-urlencoded").statusCode()
          == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private void create() {
    String statement =
        "CREATE DATABASE fieldwatch WITH DURATION INF REPLICATION 1 SHARD DURATION 1d NAME main";
    String body = "q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8);
    var response = post("/query", body, "application/x-www-form-urlencoded");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  /** Writes line protocol with times in milliseconds. */
  void write(String lines) {
    var response = post("/write?db=fieldwatch&rp=main&precision=ms", lines, "text/plain");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
  }

  private HttpResponse<String> post(String path, String body, String type) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot post to " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot post to " + request.uri() + ": interrupted", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
