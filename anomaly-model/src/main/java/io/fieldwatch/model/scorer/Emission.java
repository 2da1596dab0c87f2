package io.fieldwatch.model.scorer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Which flagged windows of a series raise an alarm: one an event. An event begins with a flag and
 * ends when {@code quietWindows} windows have passed without one.
 *
 * @param rule what raises an alarm within an event
 * @param quietWindows 1 or more
 */
public record Emission(Rule rule, int quietWindows) implements Serializable {
  /** As the job emits unless told otherwise: a record high, quiet for 30 windows. */
  public static final Emission DEFAULT = new Emission(Rule.RECORD_HIGH, 30);

  /** When a window of a running event counts as flagged again, with {@link Rule#HYSTERESIS}. */
  private static final double RELEASED_AT = 0.6;

  /** What raises an alarm. */
  public enum Rule {
    /**
     * The flag that begins an event, and every one that is more certain than all before it in the
     * event: who is told again knows that it has become worse.
     */
    RECORD_HIGH,
    /**
     * Only the flag that begins an event, which lasts until probabilities stay below 0.6 of the
     * threshold: fewest messages, and none when it becomes worse.
     */
    HYSTERESIS
  }

  public Emission {
    requireNonNull(rule, "rule is null");
    if (quietWindows < 1) {
      throw new IllegalArgumentException(
          "Invalid emission: quiet for " + quietWindows + " windows, must be 1 or more");
    }
  }

  /** Until when a flag at the instant keeps its event open. */
  private long openUntil(long startMillis, long lengthMillis) {
    return startMillis + quietWindows * lengthMillis;
  }

  /**
   * The running event of a series, if there is one. Immutable.
   *
   * @param openUntilMillis the start of the last window that belongs to it
   * @param peak the greatest probability in it
   */
  public record Event(long openUntilMillis, double peak) implements Serializable {
    /** None. */
    public static final Event NONE = new Event(Long.MIN_VALUE, 0);

    /** Whether a window that starts then belongs to it. A clock that was set back ends it. */
    private boolean isOpenAt(long startMillis, Emission emission, long lengthMillis) {
      return startMillis <= openUntilMillis
          && openUntilMillis <= emission.openUntil(startMillis, lengthMillis);
    }
  }

  /**
   * What a window makes of an event.
   *
   * @param event as it is after the window
   * @param alarms how many alarms the window raises, 0 or 1
   */
  public record Step(Event event, int alarms) {}

  /** Takes the next window of the series. */
  public Step next(
      Event event, long startMillis, long lengthMillis, double probability, double threshold) {
    boolean isOpen = event.isOpenAt(startMillis, this, lengthMillis);
    double peak = isOpen ? event.peak() : 0;
    boolean isFlagged = probability >= threshold;
    boolean holds =
        isFlagged || (rule == Rule.HYSTERESIS && isOpen && probability >= RELEASED_AT * threshold);
    if (!holds) {
      return new Step(isOpen ? event : Event.NONE, 0);
    }
    boolean isAlarm = isFlagged && (!isOpen || (rule == Rule.RECORD_HIGH && probability > peak));
    Event after = new Event(openUntil(startMillis, lengthMillis), Math.max(peak, probability));
    return new Step(after, isAlarm ? 1 : 0);
  }
}
