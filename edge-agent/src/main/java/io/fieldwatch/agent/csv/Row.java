package io.fieldwatch.agent.csv;

import io.fieldwatch.reading.Reading;
import java.util.List;

/** The readings of one instant; none where all cells were empty. */
public record Row(long timeMillis, List<Reading> readings) {
  public Row {
    readings = List.copyOf(readings);
  }

  /** The same values at another instant. */
  public Row at(long newTimeMillis) {
    return new Row(
        newTimeMillis,
        readings.stream()
            .map(r -> new Reading(r.sensor(), newTimeMillis, r.value(), r.unit(), r.kind()))
            .toList());
  }
}
