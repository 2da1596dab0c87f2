package io.fieldwatch.stream.influx;

import java.io.Closeable;
import java.util.List;

/** Delivers points. Thread safe. */
public interface PointWriter extends Closeable {
  /** A point that the server will not have, with its words. */
  record Refused(String line, String reason) {}

  /**
   * Writes points and waits for the answers, however long the server is away.
   *
   * @return the points that were refused; all others are stored
   * @throws InterruptedException if the thread is interrupted while the server is away
   */
  List<Refused> write(Lines lines) throws InterruptedException;

  @Override
  void close();
}
