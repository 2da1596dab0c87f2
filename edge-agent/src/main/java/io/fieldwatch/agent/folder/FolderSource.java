package io.fieldwatch.agent.folder;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.csv.FileRejectedException;
import io.fieldwatch.agent.csv.Row;
import io.fieldwatch.agent.source.Background;
import io.fieldwatch.agent.source.PackWriter;
import io.fieldwatch.agent.source.Progress;
import io.fieldwatch.agent.source.Source;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Publishes the files that appear in a folder, CSV or SenML JSON, in the order of their names. A
 * published file moves to {@code done/}; one that cannot be read or used moves to {@code failed/}
 * with the reason beside it in {@code <name>.reason.txt}, and none of its readings is published
 * unless it breaks between its check and its last pack. One that cannot be moved there is skipped
 * until it changes. A file with a fault holds up no other; a spool that refuses holds up all.
 *
 * <p>A file is taken when its size and time have stayed the same from one look to the next; names
 * that begin with a dot or end in {@code .tmp} or {@code .part} are never taken. Best is to write
 * under such a name and rename.
 *
 * <p><b>Crashes.</b> A file is published once, wherever the process is killed: {@link Progress}
 * knows which rows are in the spool, and a file that was published and not yet moved is only moved.
 * One that was under way is finished before any other, whatever came meanwhile. After a power
 * failure it is published again from its beginning, so that its readings arrive twice rather than
 * never.
 */
public final class FolderSource implements Source {
  private static final Logger LOG = System.getLogger(FolderSource.class.getName());

  private final DeviceId device;
  private final Path directory;
  private final Set<String> ignored;
  private final Progress progress;
  private final Duration lookEvery;
  private final Background background = new Background();
  private Map<Path, String> seenBefore = Map.of();

  /** Files that were refused and could not be moved, by their identity then. */
  private final Map<Path, String> skipped = new HashMap<>();

  /**
   * A source that is still to be started.
   *
   * @param lookEvery how often the folder is looked at, and how long a file must have been quiet
   */
  public FolderSource(
      DeviceId device, Path directory, Set<String> ignored, Progress progress, Duration lookEvery) {
    this.device = requireNonNull(device, "device is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.ignored = Set.copyOf(ignored);
    this.progress = requireNonNull(progress, "progress is null");
    this.lookEvery = requireNonNull(lookEvery, "lookEvery is null");
  }

  /** None: what the files hold is not known before they come. */
  @Override
  public List<DeviceStatus.Sensor> sensors() {
    return List.of();
  }

  @Override
  public void start(PackWriter writer) {
    background.start("folder " + device, () -> run(writer));
  }

  private void run(PackWriter writer) {
    do {
      try {
        look(writer);
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.WARNING, "Cannot use folder: directory=" + directory, e);
      }
    } while (background.pause(lookEvery));
  }

  /** Publishes the files that are as they were at the look before. */
  void look(PackWriter writer) throws IOException {
    Files.createDirectories(directory);
    Map<Path, String> seen = new HashMap<>();
    for (Path file : underWayFirst(candidates())) {
      Optional<String> identity = identityOf(file);
      if (identity.isPresent()) {
        seen.put(file, identity.get());
        if (isDue(file, identity.get()) && background.isRunning()) {
          publish(file, identity.get(), writer);
        }
      }
    }
    seenBefore = seen;
    skipped.keySet().retainAll(seen.keySet());
  }

  private boolean isDue(Path file, String identity) {
    return identity.equals(seenBefore.get(file)) && !identity.equals(skipped.get(file));
  }

  /** Empty if the file is gone since the folder was listed. */
  private static Optional<String> identityOf(Path file) {
    try {
      return Optional.of(Progress.identityOf(file));
    } catch (IOException e) {
      LOG.log(Level.TRACE, "File is gone, or is none any more: file=" + file, e);
      return Optional.empty();
    }
  }

  /** A file that is published in part goes first: another's progress would take its place. */
  private List<Path> underWayFirst(List<Path> files) throws IOException {
    Optional<String> known = progress.known();
    List<Path> ordered = new ArrayList<>();
    for (Path file : files) {
      boolean isUnderWay = known.isPresent() && known.equals(identityOf(file));
      ordered.add(isUnderWay ? 0 : ordered.size(), file);
    }
    return ordered;
  }

  private List<Path> candidates() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(FolderSource::isCandidate).sorted().toList();
    }
  }

  private static boolean isCandidate(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && !name.endsWith(".tmp")
        && !name.endsWith(".part");
  }

  private void publish(Path file, String identity, PackWriter writer) throws IOException {
    try {
      check(file);
      if (writeRows(file, identity, writer)) {
        writer.sync();
        moveTo("done", file);
      }
    } catch (FileRejectedException e) {
      refuse(file, identity, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "File brought out a defect: file=" + file, e);
      refuse(file, identity, "Cannot publish: " + e);
    }
  }

  /** Puts a file aside; one that cannot be moved is left where it is. */
  private void refuse(Path file, String identity, String reason) {
    LOG.log(Level.WARNING, "File is refused: file={0} reason={1}", file, reason);
    try {
      Path failed = moveTo("failed", file);
      Path why = failed.resolveSibling(failed.getFileName() + ".reason.txt");
      Files.writeString(why, reason + "\n");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Cannot put file aside, skipped until it changes: file=" + file, e);
      skipped.put(file, identity);
    }
  }

  /** Reads the file to its end, so that it is published whole or not at all. */
  private void check(Path file) throws FileRejectedException {
    boolean hasReadings = false;
    try (ReadingFile rows = ReadingFile.open(file, device, ignored)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        hasReadings |= !row.get().readings().isEmpty();
      }
    }
    if (!hasReadings) {
      throw new FileRejectedException("Cannot publish: the file has no readings");
    }
  }

  private boolean writeRows(Path file, String identity, PackWriter writer)
      throws IOException, FileRejectedException {
    long rowsWritten = progress.publishedRows(identity, writer.nextId());
    long rowsRead = 0;
    List<Reading> collected = new ArrayList<>();
    try (ReadingFile rows = ReadingFile.open(file, device, ignored)) {
      for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        List<Reading> readings = row.get().readings();
        if (collected.size() + readings.size() > PackWriter.MAX_READINGS) {
          if (!write(identity, rowsWritten, rowsRead, collected, writer)) {
            return false;
          }
          rowsWritten = rowsRead;
        }
        if (rowsRead >= rowsWritten) {
          collected.addAll(readings);
        }
        rowsRead++;
      }
    }
    return collected.isEmpty() || write(identity, rowsWritten, rowsRead, collected, writer);
  }

  private boolean write(
      String identity, long before, long after, List<Reading> readings, PackWriter writer)
      throws IOException {
    if (!background.awaitRoom(writer)) {
      return false;
    }
    progress.willWrite(identity, before, after, writer.nextId());
    writer.write(List.copyOf(readings));
    readings.clear();
    return true;
  }

  private Path moveTo(String folder, Path file) throws IOException {
    Path target = Files.createDirectories(directory.resolve(folder)).resolve(file.getFileName());
    for (int i = 2; Files.exists(target); i++) {
      target = target.resolveSibling(file.getFileName() + "." + i);
    }
    return Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits for the pack that is being written; a restart goes on behind it. */
  @Override
  public void close() {
    background.close();
  }
}
