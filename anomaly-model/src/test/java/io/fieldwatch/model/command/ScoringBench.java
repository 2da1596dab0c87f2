package io.fieldwatch.model.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code bench scoring}: what a window costs, by JMH. Its last line of output is the result as
 * JSON; it exits with 1 if a bound was not held. Takes about a minute.
 */
public final class ScoringBench {
  private static final String SERIES = "microsPerWindowOfASeries";
  private static final double GREATEST_MICROS = 4;

  private ScoringBench() {}

  /** Runs the benchmark; takes no arguments. */
  public static void main(String[] args) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(ScoringBenchmark.class.getName())
            .forks(1)
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(10)
            .measurementTime(TimeValue.seconds(1))
            .build();
    Map<String, Double> figures = new LinkedHashMap<>();
    for (RunResult run : new Runner(options).run()) {
      boolean isSeries = run.getParams().getBenchmark().endsWith("oneSeries");
      // The best iteration: what else the machine does can only take time away.
      figures.put(
          isSeries ? SERIES : "microsPerInstantOfFiveSensors",
          run.getPrimaryResult().getStatistics().getMin());
    }
    FigureLine line = new FigureLine("scoring", figures, Map.of(), Map.of(SERIES, GREATEST_MICROS));
    System.out.println(line.json());
    System.exit(line.ok() ? 0 : 1);
  }
}
