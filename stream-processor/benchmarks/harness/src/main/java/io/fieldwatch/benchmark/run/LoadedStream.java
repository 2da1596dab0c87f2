package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.oracle.Expectations;
import io.fieldwatch.benchmark.oracle.ExpectedWindow;

/**
 * A loaded topic and what must come of it.
 *
 * @param dueOfPrompt where the windows are due that serve as marks, ascending, in readings
 * @param promptWithin how far apart the definitions may be about such a window, in readings
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record LoadedStream(
    String topic, Expectations expectations, double[] dueOfPrompt, long promptWithin) {
  private static final double PROMPT_SECONDS = 5;

  /**
   * @param readingsPerSecond of the fleet's clock
   */
  static LoadedStream of(String topic, Expectations expectations, double readingsPerSecond) {
    long within = (long) (PROMPT_SECONDS * readingsPerSecond);
    double[] due =
        expectations.windows().values().stream()
            .filter(window -> window.isPrompt(within))
            .mapToDouble(ExpectedWindow::due)
            .sorted()
            .toArray();
    return new LoadedStream(topic, expectations, due, within);
  }

  long readings() {
    return expectations.totals().readings();
  }

  /** How many windows have to be appended by a system that has come to that position. */
  long requiredBy(long position) {
    return expectations.windows().values().stream()
        .filter(window -> window.isDueBy(position))
        .count();
  }
}
