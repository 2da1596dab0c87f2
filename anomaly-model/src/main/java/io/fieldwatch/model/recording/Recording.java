package io.fieldwatch.model.recording;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;

/**
 * What one device has recorded.
 *
 * @param anomalies when something was wrong, by time; empty where nobody has said
 * @param refusedRows rows of the file that could not be used
 */
public record Recording(
    String device, List<Series> series, List<Period> anomalies, long refusedRows)
    implements Serializable {
  public Recording {
    requireNonNull(device, "device is null");
    series = List.copyOf(series);
    anomalies = List.copyOf(anomalies);
  }
}
