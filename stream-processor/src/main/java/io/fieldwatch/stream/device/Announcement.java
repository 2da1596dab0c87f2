package io.fieldwatch.stream.device;

import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a device's agent said last of itself. Immutable.
 *
 * @param online false after a last will or an orderly goodbye
 * @param ingestMillis when the connector took the message
 * @param clockOffsetMillis how far the device's clock was ahead, the way of the message included;
 *     that of the last message that tells
 * @param backlogPacks packs that wait in its spool
 * @param backlogReadings readings in those
 * @param intervalsMillis for each sensor how often it is read
 */
record Announcement(
    boolean online,
    long ingestMillis,
    long clockOffsetMillis,
    long backlogPacks,
    long backlogReadings,
    Map<String, Long> intervalsMillis) {

  static final Announcement NONE = new Announcement(false, Long.MIN_VALUE, 0, 0, 0, Map.of());

  Announcement {
    intervalsMillis = Map.copyOf(intervalsMillis);
  }

  /**
   * This announcement after another status. A last will was written when the session began, so it
   * says nothing of the clock and of the spool.
   *
   * @param mostSensors more sensors are passed over
   */
  Announcement after(DeviceStatus status, long ingest, int mostSensors) {
    Map<String, Long> intervals = intervalsOf(status, mostSensors);
    boolean isTold = status.counts().isPresent();
    return new Announcement(
        status.state() == DeviceStatus.State.ONLINE,
        ingest,
        isTold ? status.timeMillis() - ingest : clockOffsetMillis,
        status.counts().map(DeviceStatus.Counts::spoolPacks).orElse(backlogPacks),
        status.counts().map(DeviceStatus.Counts::spoolReadings).orElse(backlogReadings),
        intervals.isEmpty() || intervals.equals(intervalsMillis) ? intervalsMillis : intervals);
  }

  /** This announcement with the intervals of a status of unknown age. */
  Announcement introducedBy(DeviceStatus status, int mostSensors) {
    return new Announcement(
        online,
        ingestMillis,
        clockOffsetMillis,
        backlogPacks,
        backlogReadings,
        intervalsOf(status, mostSensors));
  }

  private static Map<String, Long> intervalsOf(DeviceStatus status, int mostSensors) {
    Map<String, Long> intervals = new LinkedHashMap<>();
    for (DeviceStatus.Sensor sensor : status.sensors()) {
      if (intervals.size() < mostSensors && sensor.interval().toMillis() > 0) {
        intervals.put(sensor.name(), sensor.interval().toMillis());
      }
    }
    return intervals;
  }

  boolean isMade() {
    return ingestMillis != Long.MIN_VALUE;
  }

  /** The longest announced interval; 0 where none was. */
  long longestIntervalMillis() {
    return intervalsMillis.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  void write(WireWriter out) {
    out.number(1, online ? 1 : 0);
    out.signed(2, ingestMillis);
    out.signed(3, clockOffsetMillis);
    out.number(4, backlogPacks);
    out.number(5, backlogReadings);
    intervalsMillis.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              int begun = out.begin(6);
              out.text(1, entry.getKey());
              out.number(2, entry.getValue());
              out.end(begun);
            });
  }

  static Announcement read(WireReader in) throws IOException {
    boolean online = false;
    long ingest = 0;
    long offset = 0;
    long packs = 0;
    long readings = 0;
    Map<String, Long> intervals = new LinkedHashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> online = in.flag();
        case 2 -> ingest = in.signed();
        case 3 -> offset = in.signed();
        case 4 -> packs = in.number();
        case 5 -> readings = in.number();
        case 6 -> readInterval(in.message(), intervals);
        default -> in.skip();
      }
    }
    return new Announcement(online, ingest, offset, packs, readings, intervals);
  }

  private static void readInterval(WireReader in, Map<String, Long> intervals) throws IOException {
    String sensor = "";
    long millis = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> sensor = in.text();
        case 2 -> millis = in.number();
        default -> in.skip();
      }
    }
    intervals.put(sensor, millis);
  }
}
