package io.fieldwatch.model.fault;

import java.util.Locale;

/** What can go wrong with a sensor. */
public enum FaultKind {
  /** One to three readings far off. */
  SPIKE(Size.MAGNITUDE),
  /** The level moves, at once or over a short ramp, and comes back. */
  SHIFT(Size.MAGNITUDE),
  /** The level moves away steadily. */
  DRIFT(Size.MAGNITUDE),
  /** The last value is repeated. */
  STUCK(Size.NONE),
  /** Noise is added. */
  NOISE(Size.MAGNITUDE),
  /** Most or all readings are missing. */
  DROP_OUT(Size.NONE),
  /** A stretch of an earlier time is played again. */
  SWAP(Size.NONE),
  /** The swings about the level grow by the magnitude, or shrink as much. */
  AMPLITUDE(Size.MAGNITUDE);

  /** Whether a kind comes in sizes. */
  private enum Size {
    MAGNITUDE,
    NONE
  }

  private final Size size;

  FaultKind(Size size) {
    this.size = size;
  }

  /** Whether {@link Fault#magnitude()} says anything of this kind. */
  public boolean hasMagnitude() {
    return size == Size.MAGNITUDE;
  }

  /** The name in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
