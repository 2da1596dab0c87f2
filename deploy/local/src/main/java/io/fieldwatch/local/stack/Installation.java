package io.fieldwatch.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A built source tree: where each process finds its class path and files. Nothing is looked up
 * before it is asked for, so that one missing module stops only what needs it.
 */
public record Installation(Path root) {
  private static final String BUILD = "Build it with ./mvnw -q -Dquick -DskipTests package";

  /**
   * The tree that the system property {@code fieldwatch.root} names, else the one around the
   * working directory.
   */
  public static Installation find() {
    String named = System.getProperty("fieldwatch.root");
    if (named != null) {
      return new Installation(Path.of(named).toAbsolutePath());
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("fieldwatch"))
          && Files.exists(folder.resolve("pom.xml"))) {
        return new Installation(folder);
      }
    }
    throw new IllegalStateException(
        "Cannot find the source tree around " + start + ": no folder has fieldwatch and pom.xml");
  }

  /** A file of the tree, which must be there. */
  public Path file(String name) throws IOException {
    Path file = root.resolve(name);
    if (!Files.exists(file)) {
      throw new IOException("Cannot find %s: it is not built. %s".formatted(file, BUILD));
    }
    return file;
  }

  /** What a module wrote to {@code target/classpath.txt}. */
  public String classPath(String module) throws IOException {
    return Files.readString(file(module + "/target/classpath.txt")).strip();
  }

  /** The one jar a module builds. */
  public Path jar(String module) throws IOException {
    Path target = root.resolve(module).resolve("target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        List<Path> jars = files.filter(Installation::isMainJar).toList();
        if (jars.size() == 1) {
          return jars.get(0);
        }
      }
    }
    throw new IOException(
        "Cannot find the jar in %s: it is not built. %s".formatted(target, BUILD));
  }

  private static boolean isMainJar(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("fieldwatch-")
        && name.endsWith(".jar")
        && !name.endsWith("-tests.jar")
        && !name.endsWith("-sources.jar");
  }
}
