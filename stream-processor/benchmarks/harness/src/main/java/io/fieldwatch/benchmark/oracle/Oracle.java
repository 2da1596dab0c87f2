package io.fieldwatch.benchmark.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.benchmark.load.Pack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes the expected windows from the bytes of the packs, in the order in which they are sent.
 *
 * <p>It keeps three watermarks, of the device, of the partition and of all, and insists that they
 * agree on every reading: a stream on which they do not would favour one engine's definition. Not
 * thread safe.
 */
public final class Oracle {
  /** How far partitions may be apart, and a watermark of all ahead of one of them. */
  private static final long SKEW_MILLIS = 1_000;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final long windowMillis;
  private final long latenessMillis;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Device> devices = new HashMap<>();
  private final Map<String, String> sensors = new HashMap<>();
  private final Map<Integer, Long> greatestOfPartitions = new HashMap<>();
  private final TreeMap<Long, List<ExpectedWindow>> openByEnd = new TreeMap<>();
  private final Map<WindowId, ExpectedWindow> windows = new HashMap<>();
  private long greatestOfAll = NEVER;
  private long readings;
  private long position;
  private long late;
  private long duplicates;
  private long refusedPacks;

  private static final class Device {
    private final String key;
    private final Map<String, BitSet> seenByEpoch = new HashMap<>();
    private final List<ExpectedWindow> open = new ArrayList<>();
    private long greatest = NEVER;

    Device(String key) {
      this.key = key;
    }

    boolean isNew(String epoch, int seq) {
      BitSet seen = seenByEpoch.computeIfAbsent(epoch, e -> new BitSet());
      boolean isNew = !seen.get(seq);
      seen.set(seq);
      return isNew;
    }
  }

  public Oracle(long windowMillis, long latenessMillis) {
    this.windowMillis = windowMillis;
    this.latenessMillis = latenessMillis;
  }

  /** The next pack of the stream; windows are due by the number of readings. */
  public void accept(Pack pack) throws IOException {
    accept(pack, readings + pack.readings());
  }

  /**
   * The next pack of the stream.
   *
   * @param newPosition by which windows are due that this pack closes
   */
  public void accept(Pack pack, long newPosition) throws IOException {
    readings += pack.readings();
    position = newPosition;
    Device device = devices.computeIfAbsent(new String(pack.key(), UTF_8), Device::new);
    JsonNode records;
    try {
      records = json.readTree(pack.value());
    } catch (JsonProcessingException e) {
      refusedPacks++;
      return;
    }
    JsonNode first = records.get(0);
    if (!device.isNew(first.get("epoch").asText(), first.get("seq").asInt())) {
      duplicates += records.size();
      return;
    }
    arrange(pack.partition(), device, records);
    closePassed(device);
  }

  private void arrange(int partition, Device device, JsonNode records) {
    double baseSeconds = records.get(0).get("bt").asDouble();
    long greatest = device.greatest;
    long ofPartition = greatestOfPartitions.getOrDefault(partition, NEVER);
    for (JsonNode record : records) {
      double seconds = baseSeconds + (record.has("t") ? record.get("t").asDouble() : 0);
      long time = Math.round(seconds * 1_000);
      if (isLate(time, device.greatest, ofPartition)) {
        late++;
        continue;
      }
      greatest = Math.max(greatest, time);
      window(device, record.get("n").asText(), time).add(record.get("v").asDouble());
    }
    device.greatest = greatest;
    greatestOfPartitions.put(partition, Math.max(ofPartition, greatest));
    greatestOfAll = Math.max(greatestOfAll, greatest);
  }

  private boolean isLate(long time, long ofDevice, long ofPartition) {
    boolean byDevice = time < ofDevice - latenessMillis;
    long end = endOf(time);
    boolean isDisputed =
        byDevice != (end <= ofDevice - latenessMillis)
            || byDevice != (end <= ofPartition - latenessMillis)
            || byDevice != (end <= greatestOfAll + SKEW_MILLIS - latenessMillis)
            || byDevice != (time < greatestOfAll + SKEW_MILLIS - latenessMillis);
    if (isDisputed) {
      throw new IllegalStateException(
          "Cannot use the stream: watermarks disagree on a reading of %d after %d readings"
              .formatted(time, readings));
    }
    return byDevice;
  }

  private ExpectedWindow window(Device device, String sensor, long time) {
    long end = endOf(time);
    // One text of each name: of the millions of windows none keeps its own.
    String name = sensors.computeIfAbsent(sensor, s -> s);
    return windows.computeIfAbsent(
        new WindowId(device.key, name, end - windowMillis),
        id -> {
          ExpectedWindow window = new ExpectedWindow(end);
          device.open.add(window);
          openByEnd.computeIfAbsent(end, e -> new ArrayList<>()).add(window);
          return window;
        });
  }

  private void closePassed(Device device) {
    for (Iterator<ExpectedWindow> open = device.open.iterator(); open.hasNext(); ) {
      ExpectedWindow window = open.next();
      if (window.endMillis() <= device.greatest - latenessMillis) {
        window.dueByDevice(position);
        open.remove();
      }
    }
    // Partitions that are behind, and engines that look at the watermark once a batch.
    long passedByAll = greatestOfAll - latenessMillis - 2 * SKEW_MILLIS;
    while (!openByEnd.isEmpty() && openByEnd.firstKey() <= passedByAll) {
      for (ExpectedWindow window : openByEnd.pollFirstEntry().getValue()) {
        window.dueByAll(position);
        window.settle();
      }
    }
  }

  private long endOf(long time) {
    return Math.floorDiv(time, windowMillis) * windowMillis + windowMillis;
  }

  /** The stream has ended. Not to be called twice, and nothing is accepted after it. */
  public Expectations expectations() {
    openByEnd.values().forEach(open -> open.forEach(ExpectedWindow::settle));
    return new Expectations(
        windows, new Expectations.Totals(readings, late, duplicates, refusedPacks));
  }
}
