package io.fieldwatch.agent.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Where a device's readings come from. */
public sealed interface SourceConfig {

  /** This machine's own sensors, read so often. */
  record Host(Duration interval) implements SourceConfig {}

  /**
   * The rows of a CSV file, one after the other.
   *
   * @param speed how many times faster than they were measured
   * @param times whose instants the readings bear
   * @param ignore names of columns that are no sensors
   */
  record Replay(Path file, double speed, Times times, Set<String> ignore) implements SourceConfig {
    public Replay {
      ignore = Set.copyOf(ignore);
    }
  }

  /**
   * The files that appear in a folder.
   *
   * @param ignore names of CSV columns that are no sensors
   */
  record Folder(Path directory, Set<String> ignore) implements SourceConfig {
    public Folder {
      ignore = Set.copyOf(ignore);
    }
  }

  /** The instants that replayed readings bear. */
  enum Times {
    /** Those in the file. */
    ORIGINAL,
    /** Those at which they are replayed. */
    NOW
  }
}
