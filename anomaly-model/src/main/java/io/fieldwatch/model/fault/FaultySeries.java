package io.fieldwatch.model.fault;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.recording.Series;
import java.util.List;

/** A copy of a series with faults in it, and which they are, by time. */
public record FaultySeries(Series series, List<Fault> faults) {
  public FaultySeries {
    requireNonNull(series, "series is null");
    faults = List.copyOf(faults);
  }
}
