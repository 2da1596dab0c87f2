package io.fieldwatch.connect.mqtt;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Debian's MQTT broker on a free loopback port, with a session store that survives a restart. */
final class Mosquitto implements AutoCloseable {
  private static final String PROGRAM = "/usr/sbin/mosquitto";

  private final Path directory;
  private final int port;
  private ServerProcess process;

  private Mosquitto(Path directory, int port, ServerProcess process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  static Mosquitto start(Path directory) throws IOException {
    return start(directory, ServerProcess.freePort(), "allow_anonymous true");
  }

  static Mosquitto start(Path directory, int port, String access) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("mosquitto.conf"),
        """
        user root
        listener %d 127.0.0.1
        %s
        persistence true
        persistence_location %s/
        max_queued_messages 0
        max_inflight_messages 0
        """
            .formatted(port, access, directory));
    Mosquitto mosquitto = new Mosquitto(directory, port, launch(directory));
    mosquitto.awaitReady();
    return mosquitto;
  }

  String uri() {
    return "tcp://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  Duration cpu() {
    return process.cpu();
  }

  void stop() {
    process.close();
  }

  void startAgain() {
    process = launch(directory);
    awaitReady();
  }

  @Override
  public void close() {
    process.close();
  }

  private static ServerProcess launch(Path directory) {
    return ServerProcess.start(
        directory.resolve("mosquitto.log"),
        List.of(PROGRAM, "-c", directory.resolve("mosquitto.conf").toString()));
  }

  private void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              process.requireAlive();
              try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
              } catch (IOException e) {
                return false;
              }
            });
  }
}
