package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import io.fieldwatch.benchmark.oracle.WindowId;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Watches the job as it is deployed: its progress by what it says of its batches, its windows when
 * it has stopped.
 */
final class InfluxWatch implements Watch {
  private static final long PAUSE_MILLIS = 500;

  /** A query takes some seconds, however little it asks for, and ten at most. */
  private static final long WINDOWS_PER_QUERY = 10_000;

  private static final long WINDOW_MILLIS = Trial.WINDOW.toMillis();

  /**
   * A batch is told by its readings and not by its partitions, one of which may be behind: where
   * the stream goes on, the job has to come so much further, and every window has to be there then.
   */
  private static final double BEYOND = 1.05;

  private final InfluxQuery database;
  private final LoadedStream stream;
  private final ResultCheck check;
  private List<Pace.Mark> marks = List.of();

  InfluxWatch(InfluxQuery database, LoadedStream stream, ExpectedWindow.P95 p95) {
    this.database = database;
    this.stream = stream;
    this.check = new ResultCheck(stream, p95);
  }

  @Override
  public boolean look() throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    List<Pace.Mark> now = new ArrayList<>();
    double readings = 0;
    for (Row row : database.run("SELECT readings, duplicates, late, batch_ms FROM main.pipeline")) {
      readings += row.count("readings") + row.count("duplicates") + row.count("late");
      now.add(new Pace.Mark(row.count("time") + row.count("batch_ms"), readings));
    }
    boolean any = readings > reached();
    marks = now;
    return any;
  }

  @Override
  public boolean isComplete() {
    return reached()
        >= Math.min(BEYOND * stream.readings(), (double) stream.expectations().totals().readings());
  }

  private double reached() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1).readings();
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    long last =
        stream.expectations().windows().keySet().stream()
            .mapToLong(WindowId::startMillis)
            .max()
            .orElseThrow();
    long begin = StreamShape.BEGIN_MILLIS - WINDOW_MILLIS;
    long windows = stream.expectations().windows().size();
    long step = (1 + (last - begin) / WINDOW_MILLIS * WINDOWS_PER_QUERY / windows) * WINDOW_MILLIS;
    for (long from = begin; from <= last; from += step) {
      for (Row row :
          database.run(
              """
              SELECT count, mean, stddev, min, max, p95 FROM main."window" WHERE "window" = '10s' \
              AND final = true AND time >= %dms AND time < %dms GROUP BY site, device, sensor"""
                  .formatted(from, from + step))) {
        check.accept(row.tag("site") + "/" + row.tag("device"), record(row), 0);
      }
    }
  }

  private static WindowRecord record(Row row) {
    return new WindowRecord(
        row.tag("sensor"),
        row.count("time"),
        row.count("count"),
        row.number("mean").orElseThrow(),
        row.number("stddev").orElseThrow(),
        row.number("min").orElseThrow(),
        row.number("max").orElseThrow(),
        row.number("p95").orElseThrow());
  }

  @Override
  public List<Pace.Mark> marks() {
    return marks;
  }

  @Override
  public Optional<String> verdict() {
    return isComplete()
        ? check.verdict()
        : Optional.of(
            "it worked through %.0f readings of %d".formatted(reached(), stream.readings()));
  }

  @Override
  public long results() {
    return check.windows();
  }

  @Override
  public long repeated() {
    return check.repeated();
  }

  @Override
  public void close() {}
}
