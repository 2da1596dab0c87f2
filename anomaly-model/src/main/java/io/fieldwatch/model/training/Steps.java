package io.fieldwatch.model.training;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkStatusTracker;

/**
 * Tells people how far a training is: a line for each step that is done with how long it took, and
 * on a terminal a bar below that moves as Spark's tasks end. Steps are begun by one thread; closing
 * ends the last.
 */
final class Steps implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long REDRAW_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\033[K";

  private final int all;
  private final PrintStream out;
  private final boolean isTerminal;
  private final DoubleSupplier tasks;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  private int done;
  private String what = "";
  private long began;

  /** Of the step that is on; it never goes back. */
  private double share;

  private Steps(int all, PrintStream out, boolean isTerminal, DoubleSupplier tasks) {
    this.all = all;
    this.out = out;
    this.isTerminal = isTerminal;
    this.tasks = tasks;
  }

  /** Lines only: a file or a pipe is no place for a bar. */
  static Steps lines(int all, PrintStream out) {
    return new Steps(all, out, false, () -> 0);
  }

  /**
   * Lines, and a bar that is drawn again and again below them.
   *
   * @param tasks what part of the step is done, asked from another thread
   */
  static Steps drawn(int all, PrintStream out, DoubleSupplier tasks) {
    Steps steps = new Steps(all, out, true, tasks);
    ScheduledFuture<?> unused =
        steps.timer.scheduleAtFixedRate(
            steps::redraw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    return steps;
  }

  /** Ends the step before, and begins one. */
  synchronized void begin(String step) {
    end();
    what = step;
    began = System.nanoTime();
    share = 0;
    draw();
  }

  private void end() {
    if (!what.isEmpty()) {
      done++;
      out.printf(
          Locale.ROOT,
          "%s  %-34s %6.1f s%n",
          isTerminal ? CLEAR_LINE : "[%3d %%]".formatted(100 * done / all),
          what,
          seconds());
      out.flush();
      what = "";
    }
  }

  private double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  /** Called by the timer, and by who does not want to wait for it. */
  synchronized void redraw() {
    share = Math.max(share, tasks.getAsDouble());
    draw();
  }

  /**
   * What part of its tasks Spark has done, of the stages that run now; a step may be several, of
   * which the first is the longest.
   */
  static double shareOfTasks(JavaSparkStatusTracker tracker) {
    int tasks = 0;
    int completed = 0;
    for (int id : tracker.getActiveStageIds()) {
      SparkStageInfo stage = tracker.getStageInfo(id);
      if (stage != null) {
        tasks += stage.numTasks();
        completed += stage.numCompletedTasks();
      }
    }
    return tasks == 0 ? 0 : completed / (double) tasks;
  }

  private void draw() {
    if (isTerminal && !what.isEmpty()) {
      double whole = Math.min(1, (done + share) / all);
      int filled = (int) (WIDTH * whole);
      out.printf(
          Locale.ROOT,
          "%s  [%s%s] %3.0f %%  %s, %.0f s",
          CLEAR_LINE,
          "#".repeat(filled),
          " ".repeat(WIDTH - filled),
          100 * whole,
          what,
          seconds());
      out.flush();
    }
  }

  /** Ends the last step, which has succeeded. */
  synchronized void finish() {
    end();
  }

  /** Leaves a step that was not finished without a line: it has failed. */
  @Override
  public synchronized void close() {
    timer.shutdownNow();
    if (isTerminal && !what.isEmpty()) {
      out.print(CLEAR_LINE);
      out.flush();
    }
    what = "";
  }
}
