package io.fieldwatch.agent.replay;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.csv.CsvFile;
import io.fieldwatch.agent.csv.FileRejectedException;
import io.fieldwatch.agent.csv.Row;
import io.fieldwatch.agent.source.Background;
import io.fieldwatch.agent.source.PackWriter;
import io.fieldwatch.agent.source.Progress;
import io.fieldwatch.agent.source.Source;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays a CSV file once, row by row, at a speed. With {@link TimeShift#TO_NOW} readings bear the
 * instants at which they are played, so the spacing shrinks with the speed; with {@link
 * TimeShift#NONE} those of the file.
 *
 * <p>Rows that fall due within the same {@link #COLLECT_MILLIS} go into one pack. After a restart
 * the replay goes on behind the last published row; {@link Progress} says what a crash does. While
 * the disk refuses a pack the replay waits. When the file ends the device stays, silent.
 */
public final class ReplaySource implements Source {
  private static final Logger LOG = System.getLogger(ReplaySource.class.getName());

  /** For how long rows are collected. */
  private static final long COLLECT_MILLIS = 100;

  /** How long to wait before a pack is written again that was refused. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Path file;
  private final double speed;
  private final TimeShift shift;
  private final Set<String> ignored;
  private final Progress progress;
  private final InstantSource clock;
  private final Background background = new Background();
  private final List<DeviceStatus.Sensor> sensors;

  /** The instants that readings bear. */
  public enum TimeShift {
    NONE,
    TO_NOW
  }

  /**
   * Looks at the file's header.
   *
   * @param speed how many times faster than measured
   * @throws FileRejectedException if it is no CSV file of readings
   */
  public ReplaySource(
      Path file,
      double speed,
      TimeShift shift,
      Set<String> ignored,
      Progress progress,
      InstantSource clock)
      throws IOException, FileRejectedException {
    this.file = requireNonNull(file, "file is null");
    this.speed = speed;
    this.shift = requireNonNull(shift, "shift is null");
    this.ignored = Set.copyOf(ignored);
    this.progress = requireNonNull(progress, "progress is null");
    this.clock = requireNonNull(clock, "clock is null");
    if (!(speed > 0)) {
      throw new IllegalArgumentException("Invalid speed " + speed + ": must be above 0");
    }
    try (CsvFile csv = CsvFile.open(file, ignored)) {
      this.sensors =
          csv.sensors().stream()
              .map(name -> new DeviceStatus.Sensor(name, "", Duration.ZERO))
              .toList();
    }
  }

  @Override
  public List<DeviceStatus.Sensor> sensors() {
    return sensors;
  }

  @Override
  public void start(PackWriter writer) {
    background.start("replay " + file.getFileName(), () -> run(writer));
  }

  private void run(PackWriter writer) {
    try (CsvFile csv = CsvFile.open(file, ignored)) {
      new Run(csv, writer).play();
    } catch (IOException | FileRejectedException e) {
      LOG.log(
          Level.ERROR, "Replay ended before its end: file={0} reason={1}", file, e.getMessage());
    }
  }

  /** Waits for the pack that is being written, and gives up the rest; a restart goes on there. */
  @Override
  public void close() {
    background.close();
  }

  /** One pass over the file. */
  private final class Run {
    private final CsvFile csv;
    private final PackWriter writer;
    private final String identity;
    private final List<Reading> collected = new ArrayList<>();
    private long collectedFrom;
    private long rowsWritten;
    private long rowsRead;
    private @Nullable Tempo tempo;

    Run(CsvFile csv, PackWriter writer) throws IOException {
      this.csv = csv;
      this.writer = writer;
      this.identity = Progress.identityOf(file);
    }

    void play() throws IOException, FileRejectedException {
      skipPublished();
      for (Optional<Row> row = csv.next(); row.isPresent(); row = csv.next()) {
        if (!play(row.get())) {
          return;
        }
      }
      if (writeCollected()) {
        LOG.log(Level.INFO, "Replay is at its end: file={0} rows={1}", file, rowsRead);
      }
    }

    private void skipPublished() throws IOException, FileRejectedException {
      long published = progress.publishedRows(identity, writer.nextId());
      while (rowsRead < published && csv.next().isPresent()) {
        rowsRead++;
      }
      rowsWritten = rowsRead;
    }

    /** False if it is time to stop. */
    private boolean play(Row row) {
      long due = tempo(row).due(row.timeMillis());
      if (due >= collectedFrom + COLLECT_MILLIS) {
        if (!writeCollected()) {
          return false;
        }
        collectedFrom = due;
      }
      if (!background.pauseUntil(due, clock)) {
        return false;
      }
      if (collected.size() + row.readings().size() > PackWriter.MAX_READINGS && !writeCollected()) {
        return false;
      }
      collected.addAll((shift == TimeShift.TO_NOW ? row.at(due) : row).readings());
      rowsRead++;
      return true;
    }

    private Tempo tempo(Row row) {
      Tempo known = tempo;
      if (known == null) {
        known = new Tempo(row.timeMillis(), clock.millis(), speed);
        tempo = known;
      }
      return known;
    }

    /** Tries until the disk takes it; false if it is time to stop. */
    private boolean writeCollected() {
      while (!collected.isEmpty()) {
        if (!background.awaitRoom(writer)) {
          return false;
        }
        try {
          progress.willWrite(identity, rowsWritten, rowsRead, writer.nextId());
          writer.write(List.copyOf(collected));
          collected.clear();
        } catch (IOException e) {
          LOG.log(Level.WARNING, "Replay waits for the disk: file=" + file, e);
          background.pause(RETRY);
        }
      }
      rowsWritten = rowsRead;
      return true;
    }
  }

  /** When rows fall due. */
  record Tempo(long firstRowMillis, long startMillis, double speed) {
    long due(long rowMillis) {
      return startMillis + Math.round((rowMillis - firstRowMillis) / speed);
    }
  }
}
