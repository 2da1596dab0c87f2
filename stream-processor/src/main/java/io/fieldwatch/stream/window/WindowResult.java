package io.fieldwatch.stream.window;

import static java.util.Objects.requireNonNull;

/**
 * A window as it is written out: a full value under a lasting identity, so that writing it again
 * does no harm. Valid during the call that hands it over; the aggregate may change afterwards.
 *
 * @param isFinal whether the watermark has passed its end
 * @param revision how many packs changed it after that
 * @param late how many of its readings came when it was over
 * @param duplicate how many readings of packs that came again lie in it
 */
public record WindowResult(
    WindowSpec spec,
    long startMillis,
    Aggregate aggregate,
    boolean isFinal,
    int revision,
    long late,
    long duplicate) {
  public WindowResult {
    requireNonNull(spec, "spec is null");
    requireNonNull(aggregate, "aggregate is null");
  }
}
