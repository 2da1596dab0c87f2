package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.oracle.Expectations;
import io.fieldwatch.benchmark.oracle.ExpectedWindow;

/**
 * A loaded topic and what must come of it, or of its beginning.
 *
 * @param until at which position of the stream a system is done: windows due by then have to be
 *     appended, those due later may be
 * @param dueOfPrompt where the windows are due that serve as marks, ascending, in readings
 * @param promptWithin how far apart the definitions may be about such a window, in readings
 * @param required how many windows have to be appended
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
record LoadedStream(
    String topic,
    Expectations expectations,
    long until,
    double[] dueOfPrompt,
    long promptWithin,
    long required) {
  private static final double PROMPT_SECONDS = 5;

  /**
   * All of a stream.
   *
   * @param readingsPerSecond of the fleet's clock
   */
  static LoadedStream of(String topic, Expectations expectations, double readingsPerSecond) {
    return until(topic, expectations, Long.MAX_VALUE, (long) (PROMPT_SECONDS * readingsPerSecond));
  }

  /** The beginning of the same topic, or all of it if that is shorter. */
  LoadedStream first(long readings) {
    return readings >= readings() ? this : until(topic, expectations, readings, promptWithin);
  }

  private static LoadedStream until(
      String topic, Expectations expectations, long until, long within) {
    double[] due =
        expectations.windows().values().stream()
            .filter(window -> window.isDueBy(until) && window.isPrompt(within))
            .mapToDouble(ExpectedWindow::due)
            .sorted()
            .toArray();
    long required =
        expectations.windows().values().stream().filter(window -> window.isDueBy(until)).count();
    return new LoadedStream(topic, expectations, until, due, within, required);
  }

  boolean isRequired(ExpectedWindow window) {
    return window.isDueBy(until);
  }

  /** How many have to be worked through. */
  long readings() {
    return Math.min(until, expectations.totals().readings());
  }
}
