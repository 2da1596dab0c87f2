package io.fieldwatch.model.training;

import io.fieldwatch.model.recording.Recording;
import io.fieldwatch.model.recording.Series;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes one device's recording of what it sent: each pack once, readings by their own time, those
 * of one instant in the order in which they came. What comes out does not depend on how the log was
 * cut into chunks.
 */
final class DeviceLog {
  private final Map<String, Set<Long>> seen = new HashMap<>();
  private final Map<String, Column> columns = new TreeMap<>();

  private DeviceLog() {}

  /** The recording of the device with these chunks, in any order. */
  static Loaded recording(String device, Iterable<LogChunk> chunks) {
    List<LogChunk> ordered = new ArrayList<>();
    chunks.forEach(ordered::add);
    ordered.sort(
        Comparator.comparingInt(LogChunk::partition).thenComparingLong(LogChunk::firstOffset));
    DeviceLog log = new DeviceLog();
    Tally tally = Tally.NONE;
    for (LogChunk chunk : ordered) {
      tally = tally.plus(chunk.drain(log::isNew, log::add));
    }
    List<Series> series = new ArrayList<>();
    log.columns.forEach((sensor, column) -> series.add(column.series(device, sensor)));
    return new Loaded(sha256(series), new Recording(device, series, List.of(), 0), tally);
  }

  private boolean isNew(String epoch, long seq) {
    return seen.computeIfAbsent(epoch, e -> new HashSet<>()).add(seq);
  }

  private void add(String sensor, long timeMillis, double value) {
    columns.computeIfAbsent(sensor, s -> new Column()).add(timeMillis, value);
  }

  private static String sha256(List<Series> series) {
    MessageDigest digest = Recordings.sha256();
    for (Series one : series) {
      digest.update((one.sensor() + '\n').getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES * one.values().length);
      for (int i = 0; i < one.values().length; i++) {
        bytes.putLong(one.timesMillis()[i]).putDouble(one.values()[i]);
      }
      digest.update(bytes.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** One sensor's readings as they came. */
  private static final class Column {
    private int length;
    private long[] times = new long[64];
    private double[] values = new double[64];
    private boolean isAscending = true;

    void add(long timeMillis, double value) {
      if (length == times.length) {
        times = Arrays.copyOf(times, 2 * length);
        values = Arrays.copyOf(values, 2 * length);
      }
      isAscending &= length == 0 || timeMillis >= times[length - 1];
      times[length] = timeMillis;
      values[length++] = value;
    }

    Series series(String device, String sensor) {
      return isAscending
          ? new Series(device, sensor, Arrays.copyOf(times, length), Arrays.copyOf(values, length))
          : sorted(device, sensor);
    }

    private Series sorted(String device, String sensor) {
      Integer[] order = new Integer[length];
      Arrays.setAll(order, i -> i);
      // Stable: readings of one instant stay in the order in which they came.
      Arrays.sort(order, Comparator.comparingLong(i -> times[i]));
      long[] sortedTimes = new long[length];
      double[] sortedValues = new double[length];
      for (int i = 0; i < length; i++) {
        sortedTimes[i] = times[order[i]];
        sortedValues[i] = values[order[i]];
      }
      return new Series(device, sensor, sortedTimes, sortedValues);
    }
  }
}
