package io.fieldwatch.model.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the threshold at which normal data raise no more alarms than people accept. */
final class AlarmBudget {
  private AlarmBudget() {}

  /** The least threshold found that keeps to the budget; above every probability if none does. */
  static double threshold(List<Track> tracks, double alarmsPerDeviceDay) {
    double[] sorted = tracks.stream().flatMapToDouble(Track::probabilities).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException(
          "Cannot find a threshold: no normal windows are left to calibrate with");
    }
    int kept = sorted.length;
    int step = Integer.highestOneBit(sorted.length);
    for (; step > 0; step /= 2) {
      int lower = kept - step;
      if (lower >= 0 && alarmsPerDeviceDay(tracks, sorted[lower]) <= alarmsPerDeviceDay) {
        kept = lower;
      }
    }
    return kept == sorted.length ? Math.min(1, Math.nextUp(sorted[kept - 1])) : sorted[kept];
  }

  static double alarmsPerDeviceDay(List<Track> tracks, double threshold) {
    long alarms = 0;
    for (Track track : tracks) {
      alarms += track.alarms(threshold);
    }
    return alarms / deviceDays(tracks);
  }

  /** How long the devices were watched, all together; a device as long as its longest series. */
  static double deviceDays(List<Track> tracks) {
    Map<String, Double> days = new HashMap<>();
    for (Track track : tracks) {
      days.merge(track.device(), track.days(), Math::max);
    }
    return days.values().stream().sorted().mapToDouble(Double::doubleValue).sum();
  }
}
