package io.fieldwatch.stream.device;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * By what a device's readings are judged and arranged.
 *
 * @param windows what windows there are; the audit counts the shortest tumbling ones
 * @param scoring which windows are scored
 * @param emission which flagged windows raise an alarm
 * @param lateness how far a device's watermark stays behind its greatest event time
 * @param revisionHorizon how far behind the watermark a closed window can still be revised
 * @param futureTolerance how far ahead of its ingest time a reading may be
 * @param sensors of what kind sensors are; the first rule that matches counts, else it is a gauge
 */
public record Rules(
    List<WindowSpec> windows,
    Scoring scoring,
    Emission emission,
    Duration lateness,
    Duration revisionHorizon,
    Duration futureTolerance,
    Silence silence,
    List<SensorRule> sensors,
    Limits limits)
    implements Serializable {

  /**
   * When a device counts as gone.
   *
   * @param after silent after so long at least, and after {@value #INTERVALS} of its longest
   *     announced intervals
   * @param offlineAfter offline after so long
   */
  public record Silence(Duration after, Duration offlineAfter) implements Serializable {
    private static final int INTERVALS = 5;

    public Silence {
      if (after.isNegative() || offlineAfter.compareTo(after) < 0) {
        throw new IllegalArgumentException(
            "Invalid silence: silent after %s, offline after %s".formatted(after, offlineAfter));
      }
    }

    long millis(long intervalMillis) {
      return Math.max(after.toMillis(), INTERVALS * intervalMillis);
    }
  }

  /**
   * The bounds of one device. How many windows a sensor can hold follows from the revision horizon,
   * the lateness and the future tolerance.
   *
   * @param sensors different sensor names
   * @param epochs epochs whose seqs are remembered, the latest used ones
   */
  public record Limits(int sensors, int epochs) implements Serializable {
    public Limits {
      if (sensors < 1 || epochs < 1) {
        throw new IllegalArgumentException("Invalid limits: each must be 1 or more");
      }
    }
  }

  public Rules {
    windows = WindowTree.of(windows).asked();
    sensors = List.copyOf(sensors);
    requireNonNull(scoring, "scoring is null");
    requireNonNull(emission, "emission is null");
    requireNonNull(silence, "silence is null");
    requireNonNull(limits, "limits is null");
    if (lateness.isNegative() || revisionHorizon.isNegative() || futureTolerance.isNegative()) {
      throw new IllegalArgumentException("Invalid rules: a duration is negative");
    }
  }

  SensorKind kindOf(String path) {
    for (SensorRule rule : sensors) {
      if (rule.matches(path)) {
        return rule.kind();
      }
    }
    return SensorKind.GAUGE;
  }
}
