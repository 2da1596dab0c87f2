package io.fieldwatch.connect.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A distributed Connect worker in a process of its own. It finds the connector only in the built
 * zip, by its service manifest.
 */
final class ConnectWorker implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final int port;
  private ServerProcess process;

  private ConnectWorker(Path directory, int port, ServerProcess process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  static ConnectWorker start(Path directory, String bootstrap) throws IOException {
    Path plugins = directory.resolve("plugins");
    unzip(Path.of(System.getProperty("connect.plugins.zip")), plugins);
    int port = ServerProcess.freePort();
    Files.writeString(
        directory.resolve("worker.properties"),
        """
        bootstrap.servers=%s
        group.id=connect-test
        listeners=http://127.0.0.1:%d
        plugin.path=%s
        plugin.discovery=service_load
        key.converter=org.apache.kafka.connect.storage.StringConverter
        value.converter=org.apache.kafka.connect.converters.ByteArrayConverter
        config.storage.topic=connect-configs
        config.storage.replication.factor=1
        offset.storage.topic=connect-offsets
        offset.storage.replication.factor=1
        offset.storage.partitions=1
        status.storage.topic=connect-status
        status.storage.replication.factor=1
        status.storage.partitions=1
        # A worker that was killed is given up soon, and its tasks start again at once.
        session.timeout.ms=6000
        heartbeat.interval.ms=1500
        scheduled.rebalance.max.delay.ms=0
        """
            .formatted(bootstrap, port, plugins));
    ConnectWorker worker = new ConnectWorker(directory, port, launch(directory));
    worker.awaitReady();
    return worker;
  }

  Duration cpu() {
    return process.cpu();
  }

  void killHard() {
    process.killHard();
  }

  void startAgain() {
    process = launch(directory);
    awaitReady();
  }

  /** Creates or changes a connector. */
  void configure(String name, Map<String, String> config) {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(url("/connectors/" + name + "/config"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(config).toString())));
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException("Cannot configure " + name + ": " + response.body());
    }
  }

  void delete(String name) {
    send(HttpRequest.newBuilder(url("/connectors/" + name)).DELETE());
  }

  /** The state of the first task, and its trace if it failed. */
  String taskState(String name) {
    JsonNode task = get("/connectors/" + name + "/status").path("tasks").path(0);
    return task.path("state").asText("") + " " + task.path("trace").asText("");
  }

  void awaitRunning(String name) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> taskState(name).startsWith("RUNNING"));
  }

  JsonNode get(String path) {
    try {
      return JSON.readTree(send(HttpRequest.newBuilder(url(path)).GET()).body());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static ServerProcess launch(Path directory) {
    return ServerProcess.start(
        directory.resolve("worker.log"),
        KafkaClassPath.java(
            768,
            "org.apache.kafka.connect.cli.ConnectDistributed",
            directory.resolve("worker.properties").toString()));
  }

  private void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> {
              process.requireAlive();
              HttpRequest.Builder request = HttpRequest.newBuilder(url("/connectors")).GET();
              return send(request).statusCode() == 200;
            });
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(30)).build(),
          HttpResponse.BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unzip(Path zip, Path target) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          copy(in, file);
        }
      }
    }
  }

  private static void copy(InputStream in, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      in.transferTo(out);
    }
  }
}
