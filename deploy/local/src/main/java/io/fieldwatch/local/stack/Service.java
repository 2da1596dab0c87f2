package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.time.Duration;

/**
 * One kind of process: how it is set up, started and known to be ready. Called by its {@link
 * Component}, one call at a time.
 */
interface Service {
  /** A file name without suffix; the same from start to start. */
  String name();

  /** Writes its configuration, prepares its storage where that is new, and says what to start. */
  Launch launch() throws IOException, InterruptedException;

  /**
   * Whether it serves; asked again and again after the start. An {@link IOException} means "not
   * yet".
   */
  boolean isReady() throws IOException, InterruptedException;

  /** What it needs once it serves, such as topics; done again after each start. */
  default void whenReady() throws IOException, InterruptedException {}

  /** The longest a start may take, {@link #launch()} not counted. */
  default Duration startBound() {
    return Duration.ofSeconds(90);
  }

  /** The longest it is given to end by itself. */
  default Duration stopBound() {
    return Duration.ofSeconds(20);
  }
}
