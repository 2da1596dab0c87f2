package io.fieldwatch.stream.influx;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A real InfluxDB on a free port of the loopback interface, for tests; can be stopped and started.
 */
final class InfluxServer implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int port = freePort();
  private @Nullable Process process;
  private String credentials = Credentials.basic("nobody", "");

  /** Who may ask. */
  enum Access {
    ANYONE,
    BY_PASSWORD
  }

  InfluxServer(Path folder) throws IOException {
    this(folder, Access.ANYONE);
  }

  InfluxServer(Path folder, Access rule) throws IOException {
    this.folder = folder;
    Files.writeString(
        folder.resolve("influxdb.conf"),
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:%d"
        [meta]
          dir = "%2$s/meta"
        [data]
          dir = "%2$s/data"
          wal-dir = "%2$s/wal"
          index-version = "tsi1"
        [http]
          bind-address = "127.0.0.1:%3$d"
          log-enabled = false
          auth-enabled = %4$b
        [monitor]
          store-enabled = false
        """
            .formatted(freePort(), folder, port, rule == Access.BY_PASSWORD));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Says from now on who asks, as a server with passwords wants to know. */
  void signIn(String user, String password) {
    credentials = Credentials.basic(user, password);
  }

  InfluxServer start() throws IOException {
    process =
        new ProcessBuilder("influxd", "-config", folder.resolve("influxdb.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("influxd.log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> !query("SHOW DATABASES").isEmpty());
    return this;
  }

  String query(String statement) throws IOException, InterruptedException {
    String body =
        "epoch=ms&db=fieldwatch&q=" + URLEncoder.encode(statement, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve("/query"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", credentials)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Override
  public void close() {
    kill();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
