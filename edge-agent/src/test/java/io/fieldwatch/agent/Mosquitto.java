package io.fieldwatch.agent;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A real broker on a free port; can be killed and started again on the same. */
final class Mosquitto implements AutoCloseable {
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  Mosquitto(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.port = freePort();
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        listener %d 127.0.0.1
        allow_anonymous true
        max_queued_messages 0
        persistence true
        persistence_location %s/
        user root
        """
            .formatted(port, folder));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  String uri() {
    return "tcp://127.0.0.1:" + port;
  }

  void start() throws IOException {
    process =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile()))
            .start();
    await().atMost(Duration.ofSeconds(20)).until(this::accepts);
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** As {@code kill}: what it has acknowledged, it still has when it starts again. */
  void stop() {
    Process running = process;
    if (running != null) {
      running.destroy();
      running.onExit().join();
    }
  }

  /** As {@code kill -9}. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
