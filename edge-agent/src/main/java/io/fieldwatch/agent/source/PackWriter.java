package io.fieldwatch.agent.source;

import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import java.io.IOException;
import java.util.List;

/**
 * Takes the readings of one device into its spool. One source writes, from one thread at a time.
 */
public interface PackWriter {
  /** The most readings one pack may have; well below what the pipeline accepts. */
  int MAX_READINGS = 1000;

  /** The identity that the next written pack will have. */
  PackId nextId();

  /**
   * Writes one pack. When it returns, the pack survives the death of this process; it is published
   * when the broker is there.
   *
   * @param readings 1 to {@link #MAX_READINGS}
   * @throws IOException if the disk refused it; the readings then count as dropped
   */
  void write(List<Reading> readings) throws IOException;

  /**
   * Whether there is much room. Sources that can wait should, as long as there is not: beyond the
   * bound the oldest packs are dropped.
   */
  boolean hasRoom();

  /** Waits until everything written is on the disk. */
  void sync() throws IOException;
}
