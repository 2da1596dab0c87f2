package io.fieldwatch.model.training;

import io.fieldwatch.model.recording.CsvRecording;
import io.fieldwatch.model.recording.Recording;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The CSV files of a folder and those below it, one a device, on any file system that Hadoop
 * reaches. A device is named by where its file lies in the folder: {@code plant/pump.csv} is {@code
 * plant/pump}.
 */
final class CsvFolder {
  private static final String ENDING = ".csv";

  /** What {@code evaluate} writes beside recordings. */
  private static final String SCORES = ".scores.csv";

  private static final int TASKS_PER_CORE = 4;

  private final String folder;

  /**
   * @param folder a local path, or an address such as {@code hdfs://host:port/recordings}
   */
  CsvFolder(String folder) {
    this.folder = folder;
  }

  private record CsvFile(String device, String address, long bytes) implements Serializable {}

  /**
   * Lists the folder; the files are read when something is first asked of them.
   *
   * @throws IOException if it cannot be listed, or holds no recordings
   */
  Recordings recordings(JavaSparkContext spark) throws IOException {
    List<CsvFile> files = files(new Path(folder), spark);
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    int tasks = Math.min(files.size(), TASKS_PER_CORE * Math.max(1, spark.defaultParallelism()));
    JavaRDD<Loaded> loaded =
        spark.parallelize(dealt(files, tasks), tasks).map(file -> load(file, hadoop));
    return Recordings.of(loaded, tally -> Map.of("refusedRows", tally.refusedRows()));
  }

  private List<CsvFile> files(Path root, JavaSparkContext spark) throws IOException {
    List<CsvFile> files = new ArrayList<>();
    try {
      FileSystem system = root.getFileSystem(spark.hadoopConfiguration());
      Path base = system.makeQualified(root);
      RemoteIterator<LocatedFileStatus> all = system.listFiles(base, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        String address = file.getPath().toString();
        if (address.endsWith(ENDING) && !address.endsWith(SCORES)) {
          files.add(new CsvFile(device(base, file.getPath()), address, file.getLen()));
        }
      }
    } catch (FileNotFoundException e) {
      throw cannot("there is no such folder", e);
    } catch (AccessControlException e) {
      throw cannot("this user may not read it", e);
    } catch (ConnectException e) {
      throw cannot("nothing answers there; is the address right, and does it run?", e);
    } catch (IOException e) {
      throw cannot(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
    if (files.isEmpty()) {
      throw new IOException(
          "Cannot train from %s: there are no CSV files in it, one a device".formatted(folder));
    }
    return files;
  }

  private IOException cannot(String why, IOException cause) {
    return new IOException("Cannot train from %s: %s".formatted(folder, why), cause);
  }

  private static String device(Path base, Path file) {
    String name =
        base.equals(file) ? file.getName() : base.toUri().relativize(file.toUri()).getPath();
    return name.substring(0, name.length() - ENDING.length());
  }

  /** In an order that gives each task files of all sizes: Spark cuts the list in equal parts. */
  private static List<CsvFile> dealt(List<CsvFile> files, int tasks) {
    List<CsvFile> bySize = new ArrayList<>(files);
    bySize.sort(Comparator.comparingLong(CsvFile::bytes).reversed().thenComparing(CsvFile::device));
    List<CsvFile> dealt = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      for (int i = task; i < bySize.size(); i += tasks) {
        dealt.add(bySize.get(i));
      }
    }
    return dealt;
  }

  private static Loaded load(CsvFile file, SerializableConfiguration hadoop) throws IOException {
    Path path = new Path(file.address());
    byte[] bytes;
    try (FSDataInputStream in = path.getFileSystem(hadoop.value()).open(path)) {
      bytes = in.readAllBytes();
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
      Recording recording = CsvRecording.read(file.device(), reader);
      return new Loaded(
          HexFormat.of().formatHex(Recordings.sha256().digest(bytes)),
          recording,
          Tally.ofRefusedRows(recording.refusedRows()));
    }
  }
}
