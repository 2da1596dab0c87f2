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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The load shape that a known platform publishes: 5,000 clients, each with a connection of its own,
 * send a message a second of three readings; then bursts of three and of ten times as much. No
 * reading may be lost, and the results must be fresh again after each burst.
 */
final class ShapesBenchmark implements Benchmark {
  private static final int CLIENTS = 5_000;
  private static final int READINGS_PER_MESSAGE = 3;
  private static final int[] BURSTS = {3, 10};

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration STEADY = Duration.ofSeconds(60);
  private static final Duration BURST = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration GIVE_UP = Duration.ofMinutes(5);
  private static final double FRESH_MILLIS = 3_000;

  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public String description() {
    return "5,000 clients with a message a second each, then bursts of 3 and 10 times as much.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    boolean balanced;
    try (Stack stack = Stack.in(installation, directory).fresh().start();
        Fleet fleet = new Fleet(stack.endpoints().mqtt(), CLIENTS, READINGS_PER_MESSAGE, GIVE_UP)) {
      Pipeline pipeline = new Pipeline(stack);
      fleet.publish(WARM_UP, 1);
      steady(pipeline, fleet, figures, progress);
      for (int factor : BURSTS) {
        burst(factor, pipeline, fleet, figures, progress);
      }
      fleet.finish(GIVE_UP);
      Drain.await(stack.endpoints(), GIVE_UP);
      Finding finding = Auditor.audit(stack.endpoints(), GIVE_UP);
      balanced = finding.proven() && finding.quiet();
      progress.accept("%,d readings; audit balanced: %s".formatted(fleet.readings(), balanced));
      figures.put("readings", (double) fleet.readings());
    }
    figures.put("auditBalanced", balanced ? 1.0 : 0.0);
    return new Result(
        name(),
        balanced && figures.getOrDefault("steadyP99Millis", Double.NaN) < FRESH_MILLIS,
        figures,
        Map.of("auditBalanced", 1.0, "steadyP99Millis", FRESH_MILLIS));
  }

  private static void steady(
      Pipeline pipeline, Fleet fleet, Map<String, Double> figures, Consumer<String> progress)
      throws IOException, InterruptedException {
    long from = System.currentTimeMillis();
    fleet.publish(STEADY, 1);
    long to = System.currentTimeMillis();
    double stored = pipeline.readings(from, to) * 1000.0 / (to - from);
    double p99 = pipeline.latencies(from, to).getValueAtPercentile(99);
    figures.put("steadyReadingsPerSecond", stored);
    figures.put("steadyP99Millis", p99);
    progress.accept("steady: %,.0f readings/s stored, p99 %,.0f ms".formatted(stored, p99));
  }

  /** The usual load goes on while what the burst left is worked off. */
  private static void burst(
      int factor,
      Pipeline pipeline,
      Fleet fleet,
      Map<String, Double> figures,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    long before = fleet.readings();
    fleet.publish(BURST, factor);
    double sent = (fleet.readings() - before) / (double) BURST.toSeconds();
    long over = System.nanoTime();
    boolean fresh = false;
    while (!fresh && System.nanoTime() - over < GIVE_UP.toNanos()) {
      long from = System.currentTimeMillis();
      fleet.publish(LOOK, 1);
      List<Double> latencies = pipeline.latencyP99Millis(from, System.currentTimeMillis());
      fresh = !latencies.isEmpty() && latencies.stream().allMatch(p99 -> p99 < FRESH_MILLIS);
    }
    double drained = (System.nanoTime() - over) / 1e9;
    figures.put("burst%dReadingsPerSecond".formatted(factor), sent);
    figures.put("burst%dFreshAfterSeconds".formatted(factor), fresh ? drained : Double.NaN);
    progress.accept(
        "burst of %d times: %,.0f readings/s sent for %d s, fresh again after %.1f s"
            .formatted(factor, sent, BURST.toSeconds(), drained));
  }
}
