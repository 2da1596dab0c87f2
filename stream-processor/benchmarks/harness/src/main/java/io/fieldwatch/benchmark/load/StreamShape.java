package io.fieldwatch.benchmark.load;

/**
 * What a stream is like. Two streams of one shape are the same bytes, and a shorter one is the
 * beginning of a longer one.
 *
 * @param devices how many there are; each sends a pack before the first visit
 * @param partitions of the topic
 * @param lateAfterReadings no pack is late before so many readings, so that every watermark has
 *     moved far when one comes
 */
public record StreamShape(int devices, int partitions, long seed, long lateAfterReadings) {
  /** 2023-11-14T22:13:20Z: the stream's beginning by the devices' clocks. */
  public static final long BEGIN_MILLIS = 1_700_000_000_000L;

  private static final double READINGS_PER_SECOND_OF_1000 = 500;

  public StreamShape {
    if (devices < partitions || partitions < 1) {
      throw new IllegalArgumentException(
          "Invalid stream: %d devices, %d partitions".formatted(devices, partitions));
    }
  }

  /**
   * How many readings the fleet takes in a second by its own clocks. It grows with the square root
   * of the devices, so that a window holds alike many readings, and streams of either fleet have
   * hundreds of windows.
   */
  public double readingsPerSecond() {
    return READINGS_PER_SECOND_OF_1000 * Math.sqrt(devices / 1_000.0);
  }
}
