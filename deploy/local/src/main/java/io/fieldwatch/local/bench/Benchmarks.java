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
          new JmhBenchmark(
              "codec",
              "Decoding of SenML packs, with its scanner, without, and beside a bare tokenizer.",
              "reading-format",
              "io.fieldwatch.bench.CodecBench"),
          new ModelBenchmark(),
          new JmhBenchmark(
              "scoring",
              "What it costs to score and learn a window of a series, and an instant of a device.",
              "anomaly-model",
              "io.fieldwatch.model.command.ScoringBench"),
          new PartitionsBenchmark());

  private Benchmarks() {}

  public static List<Benchmark> all() {
    return ALL;
  }

  public static Optional<Benchmark> find(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }
}
