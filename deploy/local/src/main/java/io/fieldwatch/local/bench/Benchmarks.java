package io.fieldwatch.local.bench;

import java.util.List;
import java.util.Optional;

/** Every benchmark there is. */
public final class Benchmarks {
  private static final List<Benchmark> ALL =
      List.of(
          new StartBenchmark(),
          new E2eBenchmark(),
          new LadderBenchmark(),
          new ShapesBenchmark(),
          new CodecBenchmark(),
          new ModelBenchmark(),
          new PartitionsBenchmark());

  private Benchmarks() {}

  public static List<Benchmark> all() {
    return ALL;
  }

  public static Optional<Benchmark> find(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }
}
