package io.fieldwatch.local.stack;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Installed programs, looked for where an interactive shell of root would. */
public final class Programs {
  private static final String ALSO = ":/usr/local/sbin:/usr/sbin";
  private static final int CONNECT_MILLIS = 1_000;

  private Programs() {}

  /** The program of this name, from the PATH or a folder of system programs. */
  public static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ALSO;
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Path require(String program, String debianPackage) throws IOException {
    return find(program)
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot find the program %s: it is not on the PATH. Install it (Debian: apt-get install %s)"
                        .formatted(program, debianPackage)));
  }

  /** Whether somebody accepts connections there. */
  static boolean listens(URI address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
      return true;
    }
  }
}
