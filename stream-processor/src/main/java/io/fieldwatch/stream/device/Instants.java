package io.fieldwatch.stream.device;

import io.fieldwatch.model.feature.JointWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The windows that the sensors of a device closed in one go, put together by their starts: sensors
 * close theirs one after the other, and each possibly several. Not thread safe.
 */
final class Instants {
  private static final int LEAST_SENSORS = 2;

  private final SortedMap<Long, Map<String, Double>> meansByStart = new TreeMap<>();

  /** Adds a sensor's window, of which there is one at each start. */
  void add(long startMillis, String sensor, double mean) {
    meansByStart.computeIfAbsent(startMillis, start -> new LinkedHashMap<>()).put(sensor, mean);
  }

  /** Those that two sensors or more have, by their starts. */
  List<JointWindow> ofSeveralSensors() {
    List<JointWindow> windows = new ArrayList<>();
    meansByStart.forEach(
        (start, means) -> {
          if (means.size() >= LEAST_SENSORS) {
            windows.add(
                new JointWindow(
                    start,
                    List.copyOf(means.keySet()),
                    means.values().stream().mapToDouble(Double::doubleValue).toArray()));
          }
        });
    return windows;
  }
}
