package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import java.io.IOException;
import java.net.URI;
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

  /**
   * A batch is told by its readings and not by its partitions, one of which may be behind: after so
   * much more every window has to be there.
   */
  private static final double BEYOND = 1.05;

  private final InfluxQuery database;
  private final WindowPoints windows;
  private final ResultCheck check;
  private List<Pace.Mark> marks = List.of();
  private double wanted;

  InfluxWatch(URI server, String database, LoadedStream stream, ExpectedWindow.P95 p95) {
    this.database = new InfluxQuery(server, database);
    this.windows = new WindowPoints(server, database);
    this.check = new ResultCheck(stream, p95);
    this.wanted = (double) stream.readings();
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
    return reached() >= wanted;
  }

  @Override
  public long latestMillis() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1).millis();
  }

  @Override
  public void settle() {
    check.requireUntil((long) reached());
    wanted = Math.min(wanted, BEYOND * reached());
  }

  private double reached() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1).readings();
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    windows.read((key, window) -> check.accept(key, window, 0));
  }

  @Override
  public List<Pace.Mark> marks() {
    return marks;
  }

  @Override
  public Optional<String> verdict() {
    return isComplete()
        ? check.verdict()
        : Optional.of("it worked through %.0f readings of %.0f".formatted(reached(), wanted));
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
