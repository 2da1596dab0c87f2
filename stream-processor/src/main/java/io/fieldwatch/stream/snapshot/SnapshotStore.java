package io.fieldwatch.stream.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.hdfs.HdfsSettings;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.partition.StateFile;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots below {@code state/} on HDFS: a folder each, a file for each partition, and a manifest
 * that is written last and makes the snapshot valid. A crash leaves at most a folder without a
 * manifest, which nobody reads and the next snapshot removes.
 *
 * <p>Partition files are written by tasks, everything else by the driver, one thread at a time.
 */
public final class SnapshotStore implements Serializable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotStore.class);
  private static final String MANIFEST = "manifest";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final int KEPT = 3;
  private static final long NUMBERS_PER_TERM = 1_000_000;

  private final URI uri;
  private final String root;
  private final int replication;

  public SnapshotStore(StreamConfig.Hdfs hdfs) {
    this.uri = hdfs.uri();
    this.root = hdfs.path("state");
    this.replication = hdfs.replication();
  }

  /** Writes the file of one partition. Called by a task; a repeated task writes the same again. */
  public void writePartition(long number, PartitionState state) throws IOException {
    try (FSDataOutputStream out = fileSystem().create(partitionFile(number, state.partition()))) {
      StateFile.write(state, out);
      out.hsync();
    }
  }

  /** Reads the file of one partition. */
  public PartitionState readPartition(long number, int partition) throws IOException {
    try (FSDataInputStream in = fileSystem().open(partitionFile(number, partition))) {
      byte[] file = in.readAllBytes();
      try {
        return StateFile.read(new ByteArrayInputStream(file));
      } catch (IOException e) {
        throw new UnusableException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Makes a snapshot valid. */
  public void complete(Snapshot snapshot) throws IOException {
    FileSystem hdfs = fileSystem();
    StringBuilder manifest = new StringBuilder("fieldwatch-snapshot 1\n");
    new TreeMap<>(snapshot.nextOffsets())
        .forEach((partition, offset) -> manifest.append(partition + " " + offset + "\n"));
    Path unfinished = new Path(folder(snapshot.number()), MANIFEST + ".tmp");
    try (FSDataOutputStream out = hdfs.create(unfinished)) {
      out.write(manifest.toString().getBytes(UTF_8));
      out.hsync();
    }
    if (!hdfs.rename(unfinished, new Path(folder(snapshot.number()), MANIFEST))) {
      throw new IOException("Cannot complete snapshot " + snapshot.number() + ": rename refused");
    }
  }

  /**
   * Removes all but the newest complete ones, and what failed before the newest of them. What is
   * newer than that and not complete may be somebody's who is writing it.
   *
   * @return the term in which the oldest of those kept was begun
   */
  public long prune() throws IOException {
    int kept = 0;
    long oldest = 0;
    for (long number : numbers()) {
      if (kept < KEPT && isComplete(number)) {
        kept++;
        oldest = number;
      } else if (kept > 0) {
        fileSystem().delete(folder(number), true);
      }
    }
    return oldest / NUMBERS_PER_TERM;
  }

  /** Removes a snapshot that failed. Best effort; a later one's {@link #prune} does it, too. */
  public void discard(long number) {
    try {
      fileSystem().delete(folder(number), true);
    } catch (IOException e) {
      log.warn("Cannot remove a snapshot that failed: number={}", number, e);
    }
  }

  private boolean isComplete(long number) throws IOException {
    return fileSystem().exists(new Path(folder(number), MANIFEST));
  }

  /**
   * The newest snapshot that is vouched for and whose every file can be read; others are passed
   * over with a warning.
   *
   * @param vouched whether the state at a snapshot's offsets may be believed
   * @throws IOException if none can be used, but perhaps only because HDFS is away
   */
  public Optional<Snapshot> newest(Predicate<Snapshot> vouched) throws IOException {
    IOException away = null;
    for (long number : numbers()) {
      try {
        Snapshot snapshot = readManifest(number);
        if (!vouched.test(snapshot)) {
          log.warn("Nobody vouches for snapshot, trying the one before: number={}", number);
          continue;
        }
        for (int partition : snapshot.nextOffsets().keySet()) {
          check(snapshot, readPartition(number, partition));
        }
        return Optional.of(snapshot);
      } catch (FileNotFoundException | UnusableException | IllegalArgumentException e) {
        log.warn("Cannot use snapshot, trying the one before: number={}", number, e);
      } catch (IOException e) {
        log.warn("Cannot read snapshot, trying the one before: number={}", number, e);
        away = e;
      }
    }
    if (away != null) {
      throw new IOException("Cannot read any snapshot: " + away.getMessage(), away);
    }
    return Optional.empty();
  }

  /**
   * A number for the next snapshot, greater than any in use.
   *
   * @param term of the driver's ledger; drivers of two terms never get the same number, so that one
   *     which does not know yet that it was replaced cannot write into the other's snapshot
   */
  public long nextNumber(long term) throws IOException {
    List<Long> numbers = numbers();
    long after = numbers.isEmpty() ? 1 : numbers.get(0) + 1;
    return Math.max(after, term * NUMBERS_PER_TERM);
  }

  private static void check(Snapshot snapshot, PartitionState state) throws IOException {
    Long offset = snapshot.nextOffsets().get(state.partition());
    if (offset == null || offset != state.nextOffset()) {
      throw new UnusableException(
          "Cannot use the file of partition %d: it ends at offset %d, the manifest says %s"
              .formatted(state.partition(), state.nextOffset(), offset));
    }
  }

  private Snapshot readManifest(long number) throws IOException {
    String text;
    try (FSDataInputStream in = fileSystem().open(new Path(folder(number), MANIFEST))) {
      text = new String(in.readAllBytes(), UTF_8);
    }
    List<String> rows = text.lines().toList();
    if (rows.isEmpty() || !rows.get(0).equals("fieldwatch-snapshot 1")) {
      throw new UnusableException(
          "Cannot read manifest of snapshot " + number + ": unknown format");
    }
    Map<Integer, Long> nextOffsets = new TreeMap<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(" ", 2);
      if (cells.length != 2) {
        throw new UnusableException(
            "Cannot read manifest of snapshot %d: '%s'".formatted(number, row));
      }
      nextOffsets.put(Integer.valueOf(cells[0]), Long.valueOf(cells[1]));
    }
    return new Snapshot(number, nextOffsets);
  }

  /** All numbers in use, complete or not, the greatest first. */
  private List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem().listStatus(new Path(root))) {
        String name = status.getPath().getName();
        if (NUMBER.matcher(name).matches()) {
          numbers.add(Long.valueOf(name));
        }
      }
    } catch (FileNotFoundException e) {
      return numbers;
    }
    numbers.sort(Comparator.reverseOrder());
    return numbers;
  }

  private Path folder(long number) {
    return new Path(root, Long.toString(number));
  }

  private Path partitionFile(long number, int partition) {
    return new Path(folder(number), "partition-" + partition);
  }

  private FileSystem fileSystem() throws IOException {
    return FileSystem.get(uri, HdfsSettings.replicated(replication));
  }

  /** What was read is no snapshot of ours, and will not become one by trying again. */
  private static final class UnusableException extends IOException {
    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }

    UnusableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
