package io.fieldwatch.agent.simulator;

/**
 * What moves all sensors of a device together at one instant; it makes them correlated.
 *
 * @param day a daily cycle, scaled to one hour, in [-1, 1]
 * @param weather slow drift over tens of minutes, in [-1, 1]
 * @param load how hard the machine works, in (0, 1), changing within minutes
 */
record Surroundings(double day, double weather, double load) {
  private static final long DAY_MILLIS = 3_600_000;
  private static final long WEATHER_MILLIS = 1_500_000;
  private static final long LOAD_MILLIS = 240_000;

  static Surroundings at(long timeMillis, Dice device) {
    double phase = device.uniform(-1);
    double turn = (double) Math.floorMod(timeMillis, DAY_MILLIS) / DAY_MILLIS;
    double effort = device.forName("load").curve(timeMillis, LOAD_MILLIS);
    return new Surroundings(
        Math.sin(2 * Math.PI * (turn + phase)),
        device.forName("weather").curve(timeMillis, WEATHER_MILLIS),
        1 / (1 + Math.exp(-5 * effort)));
  }
}
