package io.fieldwatch.agent.simulator;

/**
 * Random numbers that are a function of where they are used: the same place gives the same number,
 * in any order and after any restart. Immutable.
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  private final long state;

  private Dice(long state) {
    this.state = state;
  }

  static Dice ofSeed(long seed) {
    return new Dice(mix(seed + GOLDEN_GAMMA));
  }

  /** Independent dice for something with a name. */
  Dice forName(String name) {
    long hash = state;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA + name.charAt(i));
    }
    return new Dice(hash);
  }

  /** Random bits for a place. */
  long bits(long place) {
    return mix(state + place * GOLDEN_GAMMA);
  }

  /** Uniform in [0, 1). */
  double uniform(long place) {
    return (bits(place) >>> 11) * DOUBLE_UNIT;
  }

  /** Uniform in [low, high). */
  double between(double low, double high, long place) {
    return low + (high - low) * uniform(place);
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller). */
  double gaussian(long place) {
    long bits = bits(place);
    double radius = Math.sqrt(-2 * Math.log(((bits >>> 32) + 1) * 0x1.0p-32));
    return radius * Math.cos(2 * Math.PI * (bits & 0xffffffffL) * 0x1.0p-32);
  }

  /** A smooth curve through random points in [-1, 1], one each period. */
  double curve(long timeMillis, long periodMillis) {
    long knot = Math.floorDiv(timeMillis, periodMillis);
    double x = (double) Math.floorMod(timeMillis, periodMillis) / periodMillis;
    double from = between(-1, 1, knot);
    double to = between(-1, 1, knot + 1);
    return from + (to - from) * x * x * (3 - 2 * x);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
