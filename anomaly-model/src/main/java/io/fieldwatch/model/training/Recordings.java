package io.fieldwatch.model.training;

import io.fieldwatch.model.recording.Recording;
import io.fieldwatch.model.recording.Series;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** What devices have recorded, wherever it comes from. */
final class Recordings {
  private final JavaRDD<Loaded> loaded;
  private final Function<Tally, Map<String, Object>> origin;
  private final Labels labels;

  private Recordings(
      JavaRDD<Loaded> loaded, Function<Tally, Map<String, Object>> origin, Labels labels) {
    this.loaded = loaded;
    this.origin = origin;
    this.labels = labels;
  }

  /**
   * Recordings that are read when something is first asked of them, and then kept: what a log held
   * a minute ago it may hold no more.
   *
   * @param origin what the model's provenance says of where they come from
   */
  static Recordings of(JavaRDD<Loaded> loaded, Function<Tally, Map<String, Object>> origin) {
    return new Recordings(loaded.persist(StorageLevel.MEMORY_AND_DISK()), origin, Labels.NONE);
  }

  /** The same, with what people have said was wrong besides. */
  Recordings with(Labels more) {
    return new Recordings(loaded, origin, more);
  }

  /**
   * What was read, without where it lay.
   *
   * @param sha256 of the devices' names and what they recorded
   * @param devices those with readings
   * @param firstMillis the time of the first reading; after the last where there is none
   */
  record Inventory(
      String sha256,
      List<String> devices,
      long series,
      long readings,
      long firstMillis,
      long lastMillis,
      Map<String, Object> origin) {
    double hours() {
      return Math.max(0, lastMillis - firstMillis) / 3_600_000.0;
    }
  }

  private record Line(
      String device,
      String sha256,
      long series,
      long readings,
      long firstMillis,
      long lastMillis,
      Tally tally)
      implements Serializable {}

  /** Devices whose messages were all unusable are none. */
  JavaRDD<Recording> all() {
    Labels added = labels;
    return loaded
        .map(Loaded::recording)
        .filter(recording -> !recording.series().isEmpty())
        .map(added::on);
  }

  /** Reads everything, unless that was done before. */
  Inventory inventory() {
    List<Line> lines = new ArrayList<>(loaded.map(Recordings::line).collect());
    Tally tally = lines.stream().map(Line::tally).reduce(Tally.NONE, Tally::plus);
    lines.removeIf(line -> line.series() == 0);
    lines.sort(Comparator.comparing(Line::device));
    MessageDigest digest = sha256();
    for (Line line : lines) {
      digest.update((line.device() + ' ' + line.sha256() + '\n').getBytes(StandardCharsets.UTF_8));
    }
    Map<String, Object> facts = new LinkedHashMap<>(origin.apply(tally));
    facts.putAll(labels.facts(lines.stream().map(Line::device).toList()));
    return new Inventory(
        HexFormat.of().formatHex(digest.digest()),
        lines.stream().map(Line::device).toList(),
        lines.stream().mapToLong(Line::series).sum(),
        lines.stream().mapToLong(Line::readings).sum(),
        lines.stream().mapToLong(Line::firstMillis).min().orElse(Long.MAX_VALUE),
        lines.stream().mapToLong(Line::lastMillis).max().orElse(Long.MIN_VALUE),
        facts);
  }

  private static Line line(Loaded loaded) {
    Recording recording = loaded.recording();
    long readings = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Series series : recording.series()) {
      long[] times = series.timesMillis();
      readings += times.length;
      if (times.length > 0) {
        first = Math.min(first, times[0]);
        last = Math.max(last, times[times.length - 1]);
      }
    }
    return new Line(
        recording.device(),
        loaded.sha256(),
        recording.series().size(),
        readings,
        first,
        last,
        loaded.tally());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
    }
  }
}
