package io.fieldwatch.local.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Ports on loopback, by name: chosen free once, then kept in a file, so that addresses stay the
 * same from one start to the next.
 *
 * <p>They lie below the range the system gives to outgoing connections: a client that keeps trying
 * a closed port of that range meets itself one day, and the server cannot come back.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;

  private final Path file;
  private final RandomGenerator random;
  private final Map<String, Integer> chosen;

  private Ports(Path file, RandomGenerator random, Map<String, Integer> chosen) {
    this.file = file;
    this.random = random;
    this.chosen = chosen;
  }

  /** The ports kept in a file; none where there is no file yet. */
  public static Ports keptIn(Path file, RandomGenerator random) throws IOException {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        kept.load(in);
      }
    }
    Map<String, Integer> chosen = new TreeMap<>();
    for (String name : kept.stringPropertyNames()) {
      chosen.put(name, parse(file, name, kept.getProperty(name)));
    }
    return new Ports(file, random, chosen);
  }

  /** The port of this name, chosen now if there is none. */
  public synchronized int port(String name) {
    Integer port = chosen.get(name);
    return port != null ? port : choose(name);
  }

  /**
   * Chooses anew the ports that another process listens on. For use before any of our servers runs.
   */
  public synchronized void renewTaken() {
    chosen.entrySet().stream()
        .filter(entry -> !isFree(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::choose);
  }

  private int choose(String name) {
    for (int i = 0; i < TRIES; i++) {
      int candidate = random.nextInt(FIRST, END);
      if (!chosen.containsValue(candidate) && isFree(candidate)) {
        chosen.put(name, candidate);
        save();
        return candidate;
      }
    }
    throw new IllegalStateException(
        "Cannot choose a port for %s: none of %d tried between %d and %d is free"
            .formatted(name, TRIES, FIRST, END));
  }

  private void save() {
    Properties properties = new Properties();
    chosen.forEach((name, port) -> properties.setProperty(name, Integer.toString(port)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        properties.store(out, "Ports of the local stack; a line may be changed while it is down");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the ports in " + file, e);
    }
  }

  private static int parse(Path file, String name, String text) throws IOException {
    try {
      int port = Integer.parseInt(text.strip());
      if (port > 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with the range.
    }
    throw new IOException(
        "Cannot use %s: '%s' for %s is no port between 1 and 65535".formatted(file, text, name));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
