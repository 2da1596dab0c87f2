package io.fieldwatch.stream.device;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.stream.window.WindowSpec;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * By what a device's readings are judged and arranged.
 *
 * @param windows the tumbling windows, shortest first; every reading is in one of each length, and
 *     the shortest is the one that is scored and that the audit counts
 * @param lateness how far a device's watermark stays behind its greatest event time
 * @param revisionHorizon how far behind the watermark a closed window can still be revised
 * @param futureTolerance how far ahead of its ingest time a reading may be
 */
public record Rules(
    List<WindowSpec> windows,
    Duration lateness,
    Duration revisionHorizon,
    Duration futureTolerance,
    Limits limits)
    implements Serializable {

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
    windows = List.copyOf(windows);
    requireNonNull(limits, "limits is null");
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("Invalid rules: no window length");
    }
    for (int i = 1; i < windows.size(); i++) {
      if (windows.get(i).lengthMillis() <= windows.get(i - 1).lengthMillis()) {
        throw new IllegalArgumentException(
            "Invalid window lengths %s: must ascend".formatted(windows));
      }
    }
    if (lateness.isNegative() || revisionHorizon.isNegative() || futureTolerance.isNegative()) {
      throw new IllegalArgumentException("Invalid rules: a duration is negative");
    }
  }
}
