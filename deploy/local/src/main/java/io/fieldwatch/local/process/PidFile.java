package io.fieldwatch.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process over the death of the one that started it: one line, {@code pid
 * start-in-epoch-milliseconds}. A pid alone is not enough, the system gives it to another process
 * later; pid and start together name one process.
 */
public final class PidFile {
  /** The JDK computes a start from the boot time, which the kernel gives in whole seconds. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  private final Path file;

  public PidFile(Path file) {
    this.file = file;
  }

  /** Names a living process. A process that has ended already leaves no file. */
  public void write(ProcessHandle process) throws IOException {
    Optional<Instant> start = process.info().startInstant();
    if (start.isPresent()) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, process.pid() + " " + start.get().toEpochMilli() + "\n");
    }
  }

  /** The process named here, if it is still the same one and alive. */
  public Optional<ProcessHandle> process() {
    try {
      String[] words = Files.readString(file).strip().split(" ");
      if (words.length != 2) {
        return Optional.empty();
      }
      Instant start = Instant.ofEpochMilli(Long.parseLong(words[1]));
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(handle -> startedAt(handle, start));
    } catch (IOException | NumberFormatException unreadable) {
      // No file, or one cut short by a crash: it names no process.
      return Optional.empty();
    }
  }

  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static boolean startedAt(ProcessHandle handle, Instant start) {
    return handle
        .info()
        .startInstant()
        .map(actual -> Duration.between(actual, start).abs().compareTo(START_TOLERANCE) <= 0)
        .orElse(false);
  }
}
