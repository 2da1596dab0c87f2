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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The whole pipeline under one load after the other, each heavier, until one is not carried: what
 * it carries, and what each process spends on it, which says which hop limits.
 */
final class LadderBenchmark implements Benchmark {
  private static final double READINGS_PER_SECOND_FLOOR = 50_000;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(40);
  private static final Duration GIVE_UP = Duration.ofMinutes(5);

  /** One process, which plays all its devices, would be what limits. */
  private static final int AGENTS = 2;

  private static final int DEVICES_OF_AGENT = 50;

  /** 100 devices send this often, and read each of so many sensors this often. */
  private record Rung(String pack, String interval, int sensors) {
    AgentConfig fleet(String name) {
      return AgentConfig.of(
              "simulate: {site: lab, prefix: %s-, devices: %d, sensors: %d, interval: %s, pack: %s, seed: 42}%n"
                  .formatted(name, DEVICES_OF_AGENT, sensors, interval, pack))
          .heap(1024);
    }
  }

  /**
   * 50,000, 100,000, 125,000, 166,000, 200,000 and 250,000 readings a second in packs of 50 to 125.
   */
  private static final List<Rung> RUNGS =
      List.of(
          new Rung("100ms", "10ms", 5),
          new Rung("50ms", "5ms", 5),
          new Rung("48ms", "4ms", 5),
          new Rung("48ms", "3ms", 5),
          new Rung("50ms", "2ms", 4),
          new Rung("50ms", "2ms", 5));

  @Override
  public String name() {
    return "ladder";
  }

  @Override
  public String description() {
    return "The whole pipeline under heavier and heavier load: what it carries, and which hop limits.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    double carried = 0;
    boolean balanced;
    try (Stack stack = Stack.in(installation, directory).fresh().start()) {
      for (int i = 0; i < RUNGS.size(); i++) {
        for (int agent = 1; agent <= AGENTS; agent++) {
          String name = "rung%d-%d".formatted(i + 1, agent);
          stack.startAgent(name, RUNGS.get(i).fleet(name));
        }
        Thread.sleep(WARM_UP.toMillis());
        Throughput rung = Throughput.measure(stack, MEASURED);
        stack.stopAgents();
        progress.accept("rung %d: %s".formatted(i + 1, rung));
        Drain.await(stack.endpoints(), GIVE_UP);
        keep(i + 1, rung, figures);
        if (!rung.isSustained()) {
          progress.accept("not carried; the busiest process is " + rung.busiest());
          break;
        }
        carried = rung.stored();
      }
      Finding finding = Auditor.audit(stack.endpoints(), GIVE_UP);
      balanced = finding.proven() && finding.quiet();
      progress.accept("audit balanced: " + balanced);
    }
    figures.put("readingsPerSecond", carried);
    figures.put("auditBalanced", balanced ? 1.0 : 0.0);
    return new Result(
        name(),
        balanced && carried >= READINGS_PER_SECOND_FLOOR,
        figures,
        Map.of("readingsPerSecond", READINGS_PER_SECOND_FLOOR, "auditBalanced", 1.0));
  }

  private static void keep(int number, Throughput rung, Map<String, Double> figures) {
    String prefix = "rung" + number;
    figures.put(prefix + "Produced", rung.produced());
    figures.put(prefix + "Stored", rung.stored());
    rung.cores().forEach((name, cores) -> figures.put(prefix + "Cores." + name, cores));
  }
}
