package io.fieldwatch.model.recording;

/** What numbers of the Unix epoch count. Their size tells: as the next unit it would be 1973. */
enum EpochUnit {
  SECONDS("seconds", 1000, 1e11),
  MILLIS("milliseconds", 1, 1e14),
  MICROS("microseconds", 1e-3, 1e17),
  NANOS("nanoseconds", 1e-6, Double.MAX_VALUE);

  private final String label;
  private final double millis;
  private final double limit;

  EpochUnit(String label, double millis, double limit) {
    this.label = label;
    this.millis = millis;
    this.limit = limit;
  }

  /** The unit of a number of that size. */
  static EpochUnit of(double number) {
    for (EpochUnit unit : values()) {
      if (Math.abs(number) < unit.limit) {
        return unit;
      }
    }
    return NANOS;
  }

  /** In words, in the plural. */
  String label() {
    return label;
  }

  /** How many milliseconds it is. */
  double millis() {
    return millis;
  }
}
