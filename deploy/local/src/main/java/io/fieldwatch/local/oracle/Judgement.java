package io.fieldwatch.local.oracle;

import java.time.Duration;
import java.util.List;

/**
 * What decides where a reading goes, as the job was configured.
 *
 * @param windows by their tags
 */
public record Judgement(
    List<String> windows, Duration lateness, Duration revisionHorizon, Duration futureTolerance) {
  public Judgement {
    windows = List.copyOf(windows);
  }
}
