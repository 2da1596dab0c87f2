package io.fieldwatch.local.command;

import static java.util.stream.Collectors.joining;

import io.fieldwatch.local.bench.Benchmark;
import io.fieldwatch.local.bench.Benchmarks;
import io.fieldwatch.local.bench.Result;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a benchmark on a stack of its own. */
@Command(
    name = "bench",
    description = {
      "Runs a benchmark on a stack of its own; without NAME lists them.",
      "That stack is in .fieldwatch-bench beside the folder of --dir, and is emptied first."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "And: stream, which compares the stream job with other engines (fieldwatch bench stream --help).",
      "Example: fieldwatch bench start"
    })
public final class BenchCommand implements Callable<Integer> {
  @Mixin private StackOption stackOption = new StackOption();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Which.")
  private @Nullable String name;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String wanted = name;
    if (wanted == null) {
      Benchmarks.all().forEach(b -> System.out.printf("  %-12s %s%n", b.name(), b.description()));
      return 0;
    }
    Benchmark benchmark =
        Benchmarks.find(wanted)
            .orElseThrow(
                () ->
                    new IOException(
                        "Cannot find benchmark '%s': there is %s"
                            .formatted(
                                wanted,
                                Benchmarks.all().stream()
                                    .map(Benchmark::name)
                                    .collect(joining(", ")))));
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try {
      Result result =
          benchmark.run(
              stackOption.installation(),
              stackOption.path().resolveSibling(".fieldwatch-bench"),
              System.out::println);
      System.out.println(result.json());
      return result.ok() ? 0 : 1;
    } finally {
      end.done();
    }
  }
}
