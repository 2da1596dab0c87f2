package io.fieldwatch.model.recording;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the columns of a file were taken for, for people.
 *
 * @param times the column of times, or what stands for one
 * @param label the column of labels
 * @param sensors the columns that are scored
 * @param leftOut the others, each with its reason
 */
public record Layout(
    String times, Optional<String> label, List<String> sensors, Map<String, String> leftOut) {
  public Layout {
    requireNonNull(times, "times is null");
    requireNonNull(label, "label is null");
    sensors = List.copyOf(sensors);
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
  }
}
