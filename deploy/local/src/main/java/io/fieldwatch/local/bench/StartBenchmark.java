package io.fieldwatch.local.bench;

import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.local.stack.StackListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** How long it takes from nothing to the first window in InfluxDB. */
final class StartBenchmark implements Benchmark {
  private static final double FIRST_WINDOW_SECONDS_BOUND = 90;
  private static final String FIRST_WINDOW = "firstWindowSeconds";
  private static final double NANOS_PER_SECOND = 1e9;

  private static final AgentConfig TEN_DEVICES =
      AgentConfig.of("simulate: {site: lab, prefix: sim-, devices: 10, sensors: 5, seed: 42}\n");

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String description() {
    return "Seconds from nothing to the first window in InfluxDB, on a built tree.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, Double> figures = Collections.synchronizedMap(new LinkedHashMap<>());
    long began = System.nanoTime();
    StackListener listener =
        new StackListener() {
          @Override
          public void ready(Component component, Duration took) {
            progress.accept(component.name() + " ready");
            figures.put(component.name() + "Seconds", took.toMillis() / 1_000.0);
          }
        };
    try (Stack stack =
        Stack.in(installation, directory)
            .fresh()
            .agent("agent-simulator", TEN_DEVICES)
            .listener(listener)
            .start()) {
      new Pipeline(stack).awaitWindow();
      figures.put(FIRST_WINDOW, (System.nanoTime() - began) / NANOS_PER_SECOND);
    }
    return new Result(
        name(),
        figures.getOrDefault(FIRST_WINDOW, Double.MAX_VALUE) <= FIRST_WINDOW_SECONDS_BOUND,
        figures,
        Map.of(FIRST_WINDOW, FIRST_WINDOW_SECONDS_BOUND));
  }
}
