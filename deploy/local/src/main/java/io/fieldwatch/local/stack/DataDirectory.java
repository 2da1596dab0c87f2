package io.fieldwatch.local.stack;

import static java.util.Comparator.reverseOrder;

import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.process.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything one stack writes, below one folder.
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><td>{@code fieldwatch-stack}</td><td>marks the folder as ours</td></tr>
 *   <tr><td>{@code ports.properties}</td><td>the ports, kept over starts</td></tr>
 *   <tr><td>{@code conf/}</td><td>configuration files, written at each start</td></tr>
 *   <tr><td>{@code data/NAME/}</td><td>what a component stores</td></tr>
 *   <tr><td>{@code logs/NAME.log}</td><td>its output</td></tr>
 *   <tr><td>{@code run/NAME.pid}</td><td>its process; {@code run/lock} is held by the launcher</td></tr>
 * </table>
 */
public record DataDirectory(Path path) {
  private static final String MARK = "fieldwatch-stack";
  private static final String PID_SUFFIX = ".pid";

  public DataDirectory {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * Makes the folder where there is none.
   *
   * @throws IOException if the folder has foreign files, which {@link #clear()} could delete
   */
  void create() throws IOException {
    Files.createDirectories(path);
    if (Files.exists(mark())) {
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      if (files.findAny().isPresent()) {
        throw new IOException(
            "Cannot use %s for data: it has files of others. Name an empty or new folder"
                .formatted(path));
      }
    }
    Files.createFile(mark());
  }

  /** Deletes what the components stored, their logs and configuration; keeps the ports. */
  void clear() throws IOException {
    if (Files.exists(mark())) {
      for (String folder : List.of("conf", "data", "logs")) {
        deleteRecursively(path.resolve(folder));
      }
    }
  }

  /** Whether a stack was ever started here. */
  public boolean exists() {
    return Files.exists(mark());
  }

  public Path portsFile() {
    return path.resolve("ports.properties");
  }

  /** Held by the launcher while it lives. */
  public Path lockFile() {
    return path.resolve("run/lock");
  }

  /** The process that holds the {@link #lockFile()}. */
  public PidFile launcherPidFile() {
    return new PidFile(path.resolve("run/launcher"));
  }

  /** A folder for what a component stores; made where there is none. */
  Path store(String name) throws IOException {
    return Files.createDirectories(path.resolve("data").resolve(name));
  }

  /** Where {@link #writeConfig} puts a file or folder. */
  Path config(String name) {
    return path.resolve("conf").resolve(name);
  }

  /** Writes a configuration file anew. */
  Path writeConfig(String name, String text) throws IOException {
    Path file = config(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  public LogFile log(String name) {
    return new LogFile(path.resolve("logs").resolve(name + ".log"));
  }

  public PidFile pidFile(String name) {
    return new PidFile(path.resolve("run").resolve(name + PID_SUFFIX));
  }

  /** Names of the components that have a pid file, running or not. */
  public List<String> startedNames() throws IOException {
    Path run = path.resolve("run");
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(PID_SUFFIX))
          .map(name -> name.substring(0, name.length() - PID_SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  private Path mark() {
    return path.resolve(MARK);
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
