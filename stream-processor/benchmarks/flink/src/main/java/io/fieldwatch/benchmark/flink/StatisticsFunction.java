package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.plain.WindowStatistics;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds each reading to its window's statistics as it comes. */
final class StatisticsFunction
    implements AggregateFunction<SeriesReading, WindowStatistics, WindowStatistics> {
  @Override
  public WindowStatistics createAccumulator() {
    return new WindowStatistics();
  }

  @Override
  public WindowStatistics add(SeriesReading reading, WindowStatistics statistics) {
    statistics.add(reading.value());
    return statistics;
  }

  @Override
  public WindowStatistics getResult(WindowStatistics statistics) {
    return statistics;
  }

  @Override
  public WindowStatistics merge(WindowStatistics one, WindowStatistics other) {
    one.addAll(other);
    return one;
  }
}
