package io.fieldwatch.agent;

import java.util.logging.LogManager;

/** Sets up the platform's logging: one line a message on stderr, until the very end. */
final class Logging {
  private static final String ONE_LINE = "%1$tFT%1$tT.%1$tL %4$s %5$s%6$s%n";

  private Logging() {}

  /** Must be called before anything logs. Settings given on the command line win. */
  static void setUp() {
    setDefault("java.util.logging.SimpleFormatter.format", ONE_LINE);
    setDefault("java.util.logging.manager", UntilTheEnd.class.getName());
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /**
   * Does not let go of its handlers when the JVM begins to shut down: that is when the agent still
   * has work to do, and may have something to say.
   */
  public static final class UntilTheEnd extends LogManager {
    @Override
    public void reset() {
      // The handlers flush after every message; there is nothing to lose.
    }
  }
}
