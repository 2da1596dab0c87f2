package io.fieldwatch.agent.simulator;

/** How a simulated sensor goes wrong. Codes stand in truth files. */
public enum FaultKind {
  /** One to three readings far off. Magnitude: what is added, in the sensor's unit. */
  SPIKE("spike", 0, 0),
  /** All readings off by the same amount. Magnitude: what is added. */
  SHIFT("shift", 20, 90),
  /** Readings run away steadily. Magnitude: what is added at the end. */
  DRIFT("drift", 40, 120),
  /** The value before the fault again and again. Magnitude: 0. */
  STUCK("stuck", 20, 90),
  /** Much noise. Magnitude: factor on the noise. */
  NOISE_BURST("noise-burst", 15, 60),
  /** No readings. Magnitude: 0. */
  DROP_OUT("drop-out", 15, 60);

  private final String code;
  private final double minSeconds;
  private final double maxSeconds;

  FaultKind(String code, double minSeconds, double maxSeconds) {
    this.code = code;
    this.minSeconds = minSeconds;
    this.maxSeconds = maxSeconds;
  }

  /** The name in truth files. */
  public String code() {
    return code;
  }

  /** A length in seconds, from a uniform number. */
  double seconds(double uniform) {
    return minSeconds + (maxSeconds - minSeconds) * uniform;
  }

  /** A size in the sense of this kind, from a uniform number and the sensor's noise. */
  double magnitude(double uniform, double sign, double noise) {
    return switch (this) {
      case SPIKE -> sign * noise * (12 + 28 * uniform);
      case SHIFT -> sign * noise * (6 + 12 * uniform);
      case DRIFT -> sign * noise * (10 + 20 * uniform);
      case NOISE_BURST -> 5 + 7 * uniform;
      case STUCK, DROP_OUT -> 0;
    };
  }
}
