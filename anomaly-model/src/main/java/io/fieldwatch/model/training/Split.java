package io.fieldwatch.model.training;

import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Recording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which data a model learns from, which its threshold comes from, and which it is measured on.
 * Whole devices where there are at least 4, else the first half, third and last quarter of each
 * recording; never single windows, whose neighbours would give them away.
 */
record Split(Map<String, Part> parts) implements Serializable {
  private static final int LEAST_DEVICES = 4;

  /** What a part of the data is for. */
  enum Part {
    TRAIN,
    CALIBRATE,
    TEST
  }

  Split {
    parts = Map.copyOf(parts);
  }

  static Split of(List<String> devices, long seed) {
    if (devices.size() < LEAST_DEVICES) {
      return new Split(Map.of());
    }
    List<String> shuffled = new ArrayList<>(devices);
    Collections.sort(shuffled);
    Collections.shuffle(shuffled, new Random(seed));
    int quarter = devices.size() / 4;
    Map<String, Part> parts = new HashMap<>();
    for (int i = 0; i < shuffled.size(); i++) {
      parts.put(
          shuffled.get(i), i < quarter ? Part.TEST : i < 2 * quarter ? Part.CALIBRATE : Part.TRAIN);
    }
    return new Split(parts);
  }

  boolean byDevice() {
    return !parts.isEmpty();
  }

  /** The time in which the recording belongs to the part. */
  Period period(Part part, Recording recording) {
    if (byDevice()) {
      return parts.get(recording.device()) == part ? Period.ALWAYS : Period.NEVER;
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (var series : recording.series()) {
      long[] times = series.timesMillis();
      if (times.length > 0) {
        first = Math.min(first, times[0]);
        last = Math.max(last, times[times.length - 1]);
      }
    }
    if (first > last) {
      return Period.NEVER;
    }
    long quarter = (last - first) / 4;
    return switch (part) {
      case TRAIN -> new Period(Long.MIN_VALUE, first + 2 * quarter);
      case CALIBRATE -> new Period(first + 2 * quarter, first + 3 * quarter);
      case TEST -> new Period(first + 3 * quarter, Long.MAX_VALUE);
    };
  }
}
