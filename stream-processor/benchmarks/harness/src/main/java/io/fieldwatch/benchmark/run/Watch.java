package io.fieldwatch.benchmark.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Looks at what a running system brings forth. Used by one thread. */
interface Watch extends AutoCloseable {
  /**
   * Looks once; blocks a short time if there is nothing new.
   *
   * @return whether there was something new
   */
  boolean look() throws IOException, InterruptedException;

  /** Whether all is there that has to be. */
  boolean isComplete();

  /** When it is known to have come so far as it has; 0 if nothing is known yet. */
  long latestMillis();

  /** It may stop where it is: complete is what is due by there, and not the whole stream. */
  void settle();

  /** Called when the system has been stopped: sees what came after all was there. */
  void finish() throws IOException, InterruptedException;

  /** How far the system had come when. */
  List<Pace.Mark> marks();

  /** What is wrong with what it brought, in a sentence; nothing if all is right. */
  Optional<String> verdict();

  /** How many results there are. */
  long results();

  /** How many results came again. */
  long repeated();

  @Override
  void close();
}
