package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up devices whose sensors follow one another, and models of them. */
final class Pairs {
  private Pairs() {}

  /**
   * A row a second. All sensors follow one that wanders within a range; the last one goes the
   * opposite way in some rows, which keeps to its range.
   *
   * @param leaves the first row in which it does
   * @param returns the first behind
   */
  static Table table(String device, long seed, int sensors, int rows, int leaves, int returns) {
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    for (int sensor = 0; sensor < sensors; sensor++) {
      names.add("s" + sensor);
    }
    long[] times = new long[rows];
    double[][] values = new double[sensors][rows];
    double common = 0;
    for (int row = 0; row < rows; row++) {
      times[row] = 1000L * row;
      common = 0.8 * common + 0.6 * random.nextGaussian();
      for (int sensor = 0; sensor < sensors; sensor++) {
        boolean isAway = sensor == sensors - 1 && row >= leaves && row < returns;
        values[sensor][row] =
            20 + 10 * sensor + (isAway ? -common : common) + 0.1 * random.nextGaussian();
      }
    }
    return new Table(device, names, times, values);
  }

  /** Scores series, of which it flags only what is far beyond all that was. */
  static Model ofSeries(String version) {
    return new Model(version, 0.5, -8, 4, List.of(new Weight("strongest.novelty.2", 0, 1, 1.5)));
  }

  /** Scores devices. */
  static Model ofDevices(String version) {
    return new Model(version, 0.5, -6, 4, List.of(new Weight("joint.novelty.1", 0, 1, 3)));
  }
}
