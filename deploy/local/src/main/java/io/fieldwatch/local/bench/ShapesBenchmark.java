package io.fieldwatch.local.bench;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.evidence.Drain;
import io.fieldwatch.local.fleet.Fleet;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The load shape that a known platform publishes: 5,000 clients, each with a connection of its own,
 * send a message a second of three readings; then bursts of three and of ten times as much. No
 * reading may be lost, and what came up with the start and with each burst must be worked off while
 * the usual load goes on.
 */
final class ShapesBenchmark implements Benchmark {
  private static final String NAME = "shapes";
  private static final int CLIENTS = 5_000;
  private static final int READINGS_PER_MESSAGE = 3;
  private static final int[] BURSTS = {3, 10};

  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration STEADY = Duration.ofSeconds(60);
  private static final Duration BURST = Duration.ofSeconds(10);
  private static final Duration A_MOMENT = Duration.ofSeconds(3);
  private static final Duration GIVE_UP = Duration.ofMinutes(5);
  private static final double KEEPING_UP = 0.99;
  private static final double VISIBLE_P99_MILLIS_BOUND = 3_000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "5,000 clients with a message a second each, then bursts of 3 and 10 times as much.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (Stack stack = Stack.in(installation, directory).fresh().start();
        Fleet fleet = new Fleet(stack.endpoints().mqtt(), CLIENTS, READINGS_PER_MESSAGE, GIVE_UP)) {
      Shapes shapes = new Shapes(new Pipeline(stack), fleet, progress);
      shapes.start();
      shapes.steady();
      for (int factor : BURSTS) {
        shapes.burst(factor);
      }
      fleet.finish(GIVE_UP);
      Drain.await(stack.endpoints(), GIVE_UP);
      Finding finding = Auditor.audit(stack.endpoints(), GIVE_UP);
      return shapes.result(finding.proven() && finding.quiet());
    }
  }

  /** The shapes, one after another, and what was found. */
  private static final class Shapes {
    private final Pipeline pipeline;
    private final Fleet fleet;
    private final Consumer<String> progress;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final long beginMillis = System.currentTimeMillis();
    private boolean keptUp = true;

    Shapes(Pipeline pipeline, Fleet fleet, Consumer<String> progress) {
      this.pipeline = pipeline;
      this.fleet = fleet;
      this.progress = progress;
    }

    /** All devices come up at once, and InfluxDB has to make all their series. */
    void start() throws IOException, InterruptedException {
      fleet.publish(START, 1);
      double drained = secondsUntilDrained();
      figures.put("startDrainedAfterSeconds", drained);
      progress.accept(
          "start: drained %.1f s after the first %d s".formatted(drained, START.toSeconds()));
    }

    void steady() throws IOException, InterruptedException {
      long before = fleet.readings();
      long from = System.currentTimeMillis();
      fleet.publish(STEADY, 1);
      long to = System.currentTimeMillis();
      double seconds = (to - from) / 1000.0;
      double sent = (fleet.readings() - before) / seconds;
      double stored = pipeline.readings(from, to) / seconds;
      double p99 = pipeline.latencies(from, to).getValueAtPercentile(99);
      keptUp &= stored >= KEEPING_UP * sent && p99 < VISIBLE_P99_MILLIS_BOUND;
      figures.put("steadySentPerSecond", sent);
      figures.put("steadyStoredPerSecond", stored);
      figures.put("steadyVisibleP99Millis", p99);
      progress.accept(
          "steady: %,.0f readings/s sent, %,.0f stored; 99 in 100 in a window of InfluxDB within %,.0f ms"
              .formatted(sent, stored, p99));
    }

    void burst(int factor) throws IOException, InterruptedException {
      long before = fleet.readings();
      fleet.publish(BURST, factor);
      double sent = (fleet.readings() - before) / (double) BURST.toSeconds();
      double drained = secondsUntilDrained();
      figures.put("burst%dSentPerSecond".formatted(factor), sent);
      figures.put("burst%dDrainedAfterSeconds".formatted(factor), drained);
      progress.accept(
          "burst of %d times: %,.0f readings/s sent for %d s, drained after %.1f s"
              .formatted(factor, sent, BURST.toSeconds(), drained));
    }

    Result result(boolean balanced) {
      progress.accept("%,d readings; audit balanced: %s".formatted(fleet.readings(), balanced));
      figures.put("readings", (double) fleet.readings());
      figures.put("auditBalanced", balanced ? 1.0 : 0.0);
      return new Result(
          NAME,
          balanced && keptUp,
          figures,
          Map.of("auditBalanced", 1.0, "steadyVisibleP99Millis", VISIBLE_P99_MILLIS_BOUND));
    }

    /**
     * Publishes the usual load until all that was sent until a moment ago is stored.
     *
     * @return in how many seconds; NaN if it gives up
     */
    private double secondsUntilDrained() throws IOException, InterruptedException {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < GIVE_UP.toNanos()) {
        long sent = fleet.readings();
        fleet.publish(A_MOMENT, 1);
        if (pipeline.readings(beginMillis, System.currentTimeMillis()) >= sent) {
          return (System.nanoTime() - begin) / 1e9;
        }
      }
      keptUp = false;
      return Double.NaN;
    }
  }
}
