package io.fieldwatch.model.training;

import io.fieldwatch.model.recording.CsvRecording;
import io.fieldwatch.model.recording.Recording;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.input.PortableDataStream;
import org.apache.spark.storage.StorageLevel;

/** The CSV files of a folder, on any file system that Spark reads, one a device. */
final class Recordings {
  private static final String ENDING = ".csv";

  private final JavaRDD<Loaded> loaded;

  private Recordings(JavaRDD<Loaded> loaded) {
    this.loaded = loaded;
  }

  private record Loaded(String sha256, Recording recording) implements Serializable {}

  /**
   * What was read, without where it lay.
   *
   * @param sha256 of the files' names and contents
   */
  record Inventory(
      String sha256, List<String> devices, long series, long readings, long refusedRows) {}

  private record Line(String device, String sha256, long series, long readings, long refusedRows)
      implements Serializable {}

  /** Lists the folder; the files are read when something is first asked of them. */
  static Recordings in(JavaSparkContext spark, String folder) {
    JavaRDD<Loaded> loaded =
        spark
            .binaryFiles(folder + "/*" + ENDING, spark.defaultParallelism())
            .map(file -> load(file._1(), file._2()))
            .persist(StorageLevel.MEMORY_ONLY());
    return new Recordings(loaded);
  }

  private static Loaded load(String path, PortableDataStream content) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    byte[] bytes = content.toArray();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
      String device = name.substring(0, name.length() - ENDING.length());
      return new Loaded(hex(sha256().digest(bytes)), CsvRecording.read(device, reader));
    }
  }

  JavaRDD<Recording> all() {
    return loaded.map(Loaded::recording);
  }

  Inventory inventory() {
    List<Line> lines = new ArrayList<>(loaded.map(Recordings::line).collect());
    lines.sort(Comparator.comparing(Line::device));
    MessageDigest digest = sha256();
    for (Line line : lines) {
      digest.update((line.device() + ' ' + line.sha256() + '\n').getBytes(StandardCharsets.UTF_8));
    }
    return new Inventory(
        hex(digest.digest()),
        lines.stream().map(Line::device).toList(),
        lines.stream().mapToLong(Line::series).sum(),
        lines.stream().mapToLong(Line::readings).sum(),
        lines.stream().mapToLong(Line::refusedRows).sum());
  }

  private static Line line(Loaded file) {
    Recording recording = file.recording();
    long readings = recording.series().stream().mapToLong(s -> s.values().length).sum();
    return new Line(
        recording.device(),
        file.sha256(),
        recording.series().size(),
        readings,
        recording.refusedRows());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
