package io.fieldwatch.model.scorer;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Which flagged windows of a series raise an alarm: one an event, unless it becomes worse. An event
 * begins with a flag and ends when {@code quietWindows} windows have passed without one.
 *
 * <p>After each alarm follows a refractory period of as many windows, in which the event raises no
 * other: a threshold's alarm budget counts so, and who was just told is looking already. Therefore
 * no two alarms of a series are nearer to each other, whatever the rule, while its clock runs on.
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
     * The flag that begins an event, and once the refractory period is over the first that is more
     * certain than the last alarm was: who is told again knows that it is worse than what they were
     * told. What rose within the period is told at its end if it is still so, and not if it was a
     * short peak that has gone by: that one leaves no bar behind either.
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

  /** As quiet, by another rule. */
  public Emission by(Rule other) {
    return new Emission(other, quietWindows);
  }

  /** The end of the quiet windows behind one that starts at the instant. */
  private long quietAfter(long startMillis, long lengthMillis) {
    return startMillis + quietWindows * lengthMillis;
  }

  /**
   * The running event of a series, if there is one. Immutable.
   *
   * @param openUntilMillis the start of the last window that belongs to it
   * @param quietUntilMillis no alarm of the event starts before it
   * @param peak the probability of its last alarm, which only a greater one surpasses; what was no
   *     alarm does not count
   */
  public record Event(long openUntilMillis, long quietUntilMillis, double peak)
      implements Serializable {
    /** None. */
    public static final Event NONE = new Event(Long.MIN_VALUE, Long.MIN_VALUE, 0);

    /** Whether a window that starts then belongs to it. A clock that was set back ends it. */
    private boolean isOpenAt(long startMillis, Emission emission, long lengthMillis) {
      return startMillis <= openUntilMillis
          && openUntilMillis <= emission.quietAfter(startMillis, lengthMillis);
    }

    private boolean isSurpassedBy(double probability, long startMillis) {
      return startMillis >= quietUntilMillis && probability > peak;
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
    boolean isFlagged = probability >= threshold;
    boolean holds =
        isFlagged || (rule == Rule.HYSTERESIS && isOpen && probability >= RELEASED_AT * threshold);
    if (!holds) {
      return new Step(isOpen ? event : Event.NONE, 0);
    }
    boolean isWorse = rule == Rule.RECORD_HIGH && event.isSurpassedBy(probability, startMillis);
    long openUntil = quietAfter(startMillis, lengthMillis);
    return isFlagged && (!isOpen || isWorse)
        ? new Step(new Event(openUntil, openUntil, probability), 1)
        : new Step(new Event(openUntil, event.quietUntilMillis(), event.peak()), 0);
  }
}
