package io.fieldwatch.local.chaos;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.bench.Pipeline;
import io.fieldwatch.local.bench.Result;
import io.fieldwatch.local.chaos.Fault.Kind;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.evidence.Drain;
import io.fieldwatch.local.oracle.Differences;
import io.fieldwatch.local.oracle.ExactOracle;
import io.fieldwatch.local.oracle.IndependentOracle;
import io.fieldwatch.local.oracle.Judgement;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.local.stack.StackPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Strikes a stack under load with faults, one after another, and proves that nothing came of them:
 * after each, results are fresh again and nothing that agents were told is safe is missing; after
 * all, the account balances and every point is what one pass over the log gives.
 */
public final class Chaos {
  static final String AN_AGENT = "east";
  static final Judgement JUDGEMENT =
      new Judgement(
          List.of("10s", "1m", "15m"),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMinutes(5));
  private static final String ANOTHER_AGENT = "west";
  private static final double FRESH_MILLIS = 3_000;
  private static final double RECOVERY_SECONDS_BOUND = 60;
  private static final Duration GIVE_UP = Duration.ofMinutes(3);
  private static final Duration FRESH_FOR = Duration.ofSeconds(3);
  private static final long POLL_MILLIS = 250;

  private final Installation installation;
  private final Duration outage;
  private final Random random;
  private final Consumer<String> progress;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final Map<String, Double> floors = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final List<Instant> windowChanges = new ArrayList<>();

  /**
   * @param outage for how long something is away where it does not come back at once
   * @param progress takes lines for people
   */
  public Chaos(Installation installation, Duration outage, long seed, Consumer<String> progress) {
    this.installation = installation;
    this.outage = outage;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /**
   * Runs the faults on one stack; takes minutes. Used once.
   *
   * @param directory for the stack; emptied
   */
  public Result run(String name, List<Fault> faults, Path directory)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (Stack stack = plan(faults, directory).start()) {
      new Pipeline(stack).awaitWindow();
      awaitFresh(stack);
      progress.accept("the stack runs, 1,200 readings/s");
      strikeAll(stack, faults);
    } catch (IOException | IllegalStateException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    figures.put("seconds", (System.nanoTime() - began) / 1e9);
    failures.forEach(failure -> progress.accept("FAILED " + failure));
    return new Result(name, failures.isEmpty(), figures, floors);
  }

  private StackPlan plan(List<Fault> faults, Path directory) {
    StackPlan plan =
        Stack.in(installation, directory)
            .fresh()
            .jobSetting("windows", JUDGEMENT.windows().toString())
            .agent(AN_AGENT, fleet("east-", 1))
            .agent(ANOTHER_AGENT, fleet("west-", 2));
    return faults.stream().anyMatch(fault -> fault.kind() == Kind.HARMLESS_WHERE_REPLICATED)
        ? plan.replicated()
        : plan;
  }

  private static AgentConfig fleet(String prefix, int seed) {
    return AgentConfig.of(
        "simulate: {site: lab, prefix: %s, devices: 15, sensors: 4, interval: 100ms, pack: 500ms, seed: %d}%n"
            .formatted(prefix, seed));
  }

  private void strikeAll(Stack stack, List<Fault> faults) throws IOException, InterruptedException {
    boolean proven = false;
    for (Fault fault : faults) {
      if (fault.kind() == Kind.LOSES_RECORDS) {
        // Nothing can be proven exactly any more once records are gone.
        prove(stack);
        proven = true;
        stack.streamJob().start();
        stack.startAgents();
        awaitFresh(stack);
      }
      strike(stack, fault);
    }
    if (!proven) {
      prove(stack);
    }
  }

  private void strike(Stack stack, Fault fault) throws IOException, InterruptedException {
    progress.accept(fault.name() + ": " + fault.description());
    fault
        .strike()
        .on(
            new Scene(
                stack,
                installation,
                outage,
                random,
                figures,
                windowChanges,
                progress,
                () -> awaitFresh(stack)));
    if (fault.kind() == Kind.LOSES_RECORDS) {
      return;
    }
    double seconds = awaitFresh(stack);
    String figure = fault.name() + "RecoverySeconds";
    bound(figure, seconds, RECOVERY_SECONDS_BOUND, seconds <= RECOVERY_SECONDS_BOUND);
    Finding finding = Auditor.audit(stack.endpoints(), GIVE_UP);
    check(finding.proven(), fault.name() + ": " + finding.gaps());
    progress.accept(
        "  fresh again after %.1f s; nothing is missing: %s".formatted(seconds, finding.proven()));
  }

  /** Stops the load and compares everything. */
  private void prove(Stack stack) throws IOException, InterruptedException {
    progress.accept("audit");
    stack.stopAgents();
    Drain.await(stack.endpoints(), GIVE_UP);
    Finding finding = Auditor.audit(stack.endpoints(), GIVE_UP);
    boolean balanced = finding.proven() && finding.quiet();
    bound("auditBalanced", balanced ? 1 : 0, 1, balanced);
    finding.gaps().forEach(gap -> progress.accept("  " + gap));
    // Open windows are written at their own pace, and all of them at a stop.
    stack.streamJob().stop();
    Differences differences =
        ExactOracle.of(stack)
            .onlyWindows(JUDGEMENT.windows()::contains)
            .windowsChangedAt(windowChanges)
            .compare()
            .plus(
                IndependentOracle.of(stack.endpoints().kafkaBootstrap(), JUDGEMENT)
                    .compare(stack.endpoints().influxDb()));
    figures.put("pointsCompared", (double) differences.compared());
    bound("differences", (double) differences.count(), 0, differences.isNone());
    progress.accept("  the audit balances: " + balanced + "; " + differences);
  }

  /**
   * Waits until every batch of some seconds had readings no older than the promise.
   *
   * @return for how long it waited, until the first of these batches
   */
  private double awaitFresh(Stack stack) throws IOException, InterruptedException {
    Pipeline pipeline = new Pipeline(stack);
    long began = System.currentTimeMillis();
    while (true) {
      long now = System.currentTimeMillis();
      long since = Math.max(began, now - FRESH_FOR.toMillis());
      List<Double> latencies = pipeline.latencyP99Millis(since, now);
      if (now - began >= FRESH_FOR.toMillis()
          && latencies.size() >= 2
          && latencies.stream().allMatch(millis -> millis < FRESH_MILLIS)) {
        return (since - began) / 1e3;
      }
      if (now - began > GIVE_UP.toMillis()) {
        throw new IOException(
            "Cannot see fresh results for %s: the last latencies are %s ms"
                .formatted(GIVE_UP, latencies));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void bound(String name, double figure, double floor, boolean holds) {
    figures.put(name, figure);
    floors.put(name, floor);
    check(holds, "%s is %s, its bound is %s".formatted(name, figure, floor));
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      failures.add(otherwise);
    }
  }
}
