package io.fieldwatch.model.training;

import io.fieldwatch.senml.PackBuffer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one device sent in a stretch of one partition of the log, in the log's order. In columns:
 * there are many readings, and each must cost no more than its numbers.
 */
final class LogChunk implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of a pack that carries no identity. */
  private static final int NO_EPOCH = -1;

  private final int partition;
  private final long firstOffset;

  private final List<String> epochs = new ArrayList<>();
  private int packs;
  private int[] packEpochs = new int[16];
  private long[] packSeqs = new long[16];
  private int[] packSizes = new int[16];

  private final List<String> sensors = new ArrayList<>();
  private int readings;
  private int[] readingSensors = new int[64];
  private long[] times = new long[64];
  private double[] values = new double[64];

  private long undecodable;
  private long future;

  /** Where names stand in the lists; only while the chunk is filled. */
  private final transient Map<String, Integer> epochPlaces = new HashMap<>();

  private final transient Map<String, Integer> sensorPlaces = new HashMap<>();

  /**
   * @param firstOffset of the record that the chunk begins with
   */
  LogChunk(int partition, long firstOffset) {
    this.partition = partition;
    this.firstOffset = firstOffset;
  }

  int partition() {
    return partition;
  }

  long firstOffset() {
    return firstOffset;
  }

  int readings() {
    return readings;
  }

  /** Counts a message that could not be decoded. */
  void refuse() {
    undecodable++;
  }

  /**
   * Adds a pack.
   *
   * @param latestMillis readings of a later time are left out and counted
   */
  void add(PackBuffer pack, long latestMillis) {
    if (packs == packEpochs.length) {
      packEpochs = Arrays.copyOf(packEpochs, 2 * packs);
      packSeqs = Arrays.copyOf(packSeqs, 2 * packs);
      packSizes = Arrays.copyOf(packSizes, 2 * packs);
    }
    int before = readings;
    for (int i = 0; i < pack.size(); i++) {
      if (pack.timeMillis(i) > latestMillis) {
        future++;
      } else {
        add(pack.sensor(i), pack.timeMillis(i), pack.value(i));
      }
    }
    packEpochs[packs] = pack.hasId() ? place(pack.epoch(), epochs, epochPlaces) : NO_EPOCH;
    packSeqs[packs] = pack.hasId() ? pack.seq() : 0;
    packSizes[packs++] = readings - before;
  }

  private void add(String sensor, long timeMillis, double value) {
    if (readings == times.length) {
      readingSensors = Arrays.copyOf(readingSensors, 2 * readings);
      times = Arrays.copyOf(times, 2 * readings);
      values = Arrays.copyOf(values, 2 * readings);
    }
    readingSensors[readings] = place(sensor, sensors, sensorPlaces);
    times[readings] = timeMillis;
    values[readings++] = value;
  }

  private static int place(String name, List<String> names, Map<String, Integer> places) {
    Integer known = places.get(name);
    if (known != null) {
      return known;
    }
    names.add(name);
    places.put(name, names.size() - 1);
    return names.size() - 1;
  }

  /** Cuts off what the columns have grown in advance. */
  LogChunk trimmed() {
    packEpochs = Arrays.copyOf(packEpochs, packs);
    packSeqs = Arrays.copyOf(packSeqs, packs);
    packSizes = Arrays.copyOf(packSizes, packs);
    readingSensors = Arrays.copyOf(readingSensors, readings);
    times = Arrays.copyOf(times, readings);
    values = Arrays.copyOf(values, readings);
    return this;
  }

  /** Takes readings in the log's order. */
  interface Sink {
    void accept(String sensor, long timeMillis, double value);
  }

  /** Says of a pack's identity whether it is new. */
  interface Seen {
    boolean isNew(String epoch, long seq);
  }

  /** Hands over the readings of packs that are new. */
  Tally drain(Seen seen, Sink sink) {
    long duplicates = 0;
    int next = 0;
    for (int pack = 0; pack < packs; pack++) {
      int end = next + packSizes[pack];
      if (packEpochs[pack] != NO_EPOCH
          && !seen.isNew(epochs.get(packEpochs[pack]), packSeqs[pack])) {
        duplicates++;
        next = end;
      }
      for (; next < end; next++) {
        sink.accept(sensors.get(readingSensors[next]), times[next], values[next]);
      }
    }
    return Tally.ofPacks(packs - duplicates, duplicates, undecodable, future);
  }
}
