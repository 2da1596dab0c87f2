package io.fieldwatch.local.bench;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.evidence.Drain;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * The whole pipeline on this machine, agents to InfluxDB: how soon it starts, how fresh its results
 * are at a moderate load, how much it carries, and whether the account balances after all of it.
 */
final class E2eBenchmark implements Benchmark {
  private static final double FIRST_WINDOW_SECONDS_BOUND = 90;
  private static final double LATENCY_MILLIS_BOUND = 3_000;
  private static final double READINGS_PER_SECOND_FLOOR = 50_000;
  private static final String BACKLOG_GROWTH = "backlogGrowthReadingsPerSecond";
  private static final double BACKLOG_GROWTH_BOUND = 0.01 * READINGS_PER_SECOND_FLOOR;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration MEASURED = Duration.ofSeconds(60);
  private static final Duration GIVE_UP = Duration.ofMinutes(5);

  private static final int DEVICES = 100;
  private static final int SENSORS = 5;

  /** 5,000 readings/s in packs of 10. */
  private static final AgentConfig MODERATE = fleet("calm-", "100ms", "200ms");

  /** 62,500 readings/s in packs of 25. */
  private static final AgentConfig FULL = fleet("full-", "8ms", "40ms");

  @Override
  public String name() {
    return "e2e";
  }

  @Override
  public String description() {
    return "The whole pipeline: start, latency at 5,000 readings/s, sustained throughput, audit.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    long began = System.nanoTime();
    try (Stack stack = Stack.in(installation, directory).fresh().agent("calm", MODERATE).start()) {
      Pipeline pipeline = new Pipeline(stack);
      pipeline.awaitWindow();
      figures.put("firstWindowSeconds", (System.nanoTime() - began) / 1e9);
      progress.accept("first window after %.0f s".formatted(figure(figures, "firstWindowSeconds")));
      measureLatency(pipeline, figures, progress);
      stack.agent("calm").stop();
      stack.startAgent("full", FULL);
      measureThroughput(stack, figures, progress);
      stack.stopAgents();
      Drain.await(stack.endpoints(), GIVE_UP);
      Finding finding = Auditor.audit(stack.endpoints(), GIVE_UP);
      figures.put("auditBalanced", finding.proven() && finding.quiet() ? 1.0 : 0.0);
      progress.accept("audit balanced: " + (figure(figures, "auditBalanced") == 1.0));
    }
    Map<String, Double> floors = new LinkedHashMap<>();
    floors.put("firstWindowSeconds", FIRST_WINDOW_SECONDS_BOUND);
    floors.put("latencyP99Millis", LATENCY_MILLIS_BOUND);
    floors.put("readingsPerSecond", READINGS_PER_SECOND_FLOOR);
    floors.put(BACKLOG_GROWTH, BACKLOG_GROWTH_BOUND);
    floors.put("auditBalanced", 1.0);
    return new Result(name(), holds(figures), figures, floors);
  }

  /** Not a number, and so within no bound, where it was not measured. */
  private static double figure(Map<String, Double> figures, String name) {
    return figures.getOrDefault(name, Double.NaN);
  }

  private static boolean holds(Map<String, Double> figures) {
    return figure(figures, "firstWindowSeconds") <= FIRST_WINDOW_SECONDS_BOUND
        && figure(figures, "latencyP99Millis") < LATENCY_MILLIS_BOUND
        && figure(figures, "readingsPerSecond") >= READINGS_PER_SECOND_FLOOR
        && figure(figures, BACKLOG_GROWTH) <= BACKLOG_GROWTH_BOUND
        && figure(figures, "auditBalanced") == 1.0;
  }

  private static AgentConfig fleet(String prefix, String interval, String pack) {
    return AgentConfig.of(
            "simulate: {site: lab, prefix: %s, devices: %d, sensors: %d, interval: %s, pack: %s, seed: 42}%n"
                .formatted(prefix, DEVICES, SENSORS, interval, pack))
        .heap(512);
  }

  private static void measureLatency(
      Pipeline pipeline, Map<String, Double> figures, Consumer<String> progress)
      throws IOException, InterruptedException {
    Thread.sleep(WARM_UP.toMillis());
    long from = System.currentTimeMillis();
    Thread.sleep(MEASURED.toMillis());
    long to = System.currentTimeMillis();
    Histogram latencies = pipeline.latencies(from, to);
    figures.put("latencyReadingsPerSecond", pipeline.readings(from, to) * 1000.0 / (to - from));
    figures.put("latencyP50Millis", (double) latencies.getValueAtPercentile(50));
    figures.put("latencyP99Millis", (double) latencies.getValueAtPercentile(99));
    progress.accept(
        "at %.0f readings/s: latency p50 %.0f ms, p99 %.0f ms"
            .formatted(
                figure(figures, "latencyReadingsPerSecond"),
                figure(figures, "latencyP50Millis"),
                figure(figures, "latencyP99Millis")));
  }

  private static void measureThroughput(
      Stack stack, Map<String, Double> figures, Consumer<String> progress)
      throws IOException, InterruptedException {
    Thread.sleep(WARM_UP.toMillis());
    Throughput throughput = Throughput.measure(stack, MEASURED);
    figures.put("producedReadingsPerSecond", throughput.produced());
    figures.put("readingsPerSecond", throughput.stored());
    figures.put(BACKLOG_GROWTH, throughput.backlogGrowth());
    throughput.cores().forEach((name, cores) -> figures.put("cores." + name, cores));
    progress.accept(throughput.toString());
  }
}
