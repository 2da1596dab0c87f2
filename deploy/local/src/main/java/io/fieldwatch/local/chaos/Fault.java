package io.fieldwatch.local.chaos;

import java.io.IOException;

/**
 * Something that goes wrong. To add one, make it in {@link Faults}.
 *
 * @param name as on the command line
 * @param description one sentence: what is done
 * @param kind what may come of it
 */
public record Fault(String name, String description, Kind kind, Strike strike) {
  /** What may come of a fault. */
  public enum Kind {
    /** Not a reading is lost. */
    HARMLESS,
    /** Not a reading is lost where Kafka and Connect are there several times. */
    HARMLESS_WHERE_REPLICATED,
    /** Readings are lost, and the ledger says which; so it is the last one on a stack. */
    LOSES_RECORDS
  }

  /** Does the harm. */
  @FunctionalInterface
  public interface Strike {
    /**
     * Does the harm and puts everything back; blocks until all components serve again.
     *
     * @throws IOException if the stack did anything else than it should
     */
    void on(Scene scene) throws IOException, InterruptedException;
  }
}
