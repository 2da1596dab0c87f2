package io.fieldwatch.local.command;

import static java.util.stream.Collectors.joining;

import io.fieldwatch.local.bench.Result;
import io.fieldwatch.local.chaos.Chaos;
import io.fieldwatch.local.chaos.Fault;
import io.fieldwatch.local.chaos.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Strikes a stack of its own with a fault. */
@Command(
    name = "chaos",
    description = {
      "Strikes a stack of its own, under load, with a fault, or with all of them one after another.",
      "That stack is in .fieldwatch-chaos beside the folder of --dir, and is emptied first.",
      "Proves that every reading is accounted for and every point is what the log says.",
      "Ends with one line of JSON, and with 0 only if all of it held."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: fieldwatch chaos kill-job kill-connect",
      "         fieldwatch chaos all --seed 7"
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final String LIST = "list";

  @Mixin private StackOption stackOption = new StackOption();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Which faults, or all, or list.",
      defaultValue = LIST)
  private List<String> names = List.of(LIST);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long something stays away (default: ${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Chooses the moments (default: another one each time).")
  private @Nullable Long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (names.contains(LIST)) {
      Faults.all().forEach(f -> System.out.printf("  %-20s %s%n", f.name(), f.description()));
      System.out.printf("  %-20s %s%n", ALL, "All of these, one after another.");
      System.out.println("On a stack with three Kafka brokers and two Connect workers:");
      Faults.replicated()
          .forEach(f -> System.out.printf("  %-20s %s%n", f.name(), f.description()));
      return 0;
    }
    List<Fault> faults = chosen();
    if (seconds < 1) {
      throw new IOException("Cannot use --seconds " + seconds + ": it must be 1 or more");
    }
    Long given = seed;
    long chosenSeed = given == null ? System.nanoTime() % 1_000_000 : given;
    System.out.println("seed " + chosenSeed);
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try {
      Chaos chaos =
          new Chaos(
              stackOption.installation(),
              Duration.ofSeconds(seconds),
              chosenSeed,
              System.out::println);
      Result result =
          chaos.run(
              String.join("+", names),
              faults,
              stackOption.path().resolveSibling(".fieldwatch-chaos"));
      System.out.println(result.json());
      return result.ok() ? 0 : 1;
    } finally {
      end.done();
    }
  }

  private List<Fault> chosen() throws IOException {
    if (names.contains(ALL)) {
      return Faults.all();
    }
    List<Fault> known = Stream.concat(Faults.replicated().stream(), Faults.all().stream()).toList();
    for (String name : names) {
      if (known.stream().noneMatch(fault -> fault.name().equals(name))) {
        throw new IOException(
            "Cannot find fault '%s': there is %s, and all"
                .formatted(name, known.stream().map(Fault::name).collect(joining(", "))));
      }
    }
    return known.stream().filter(fault -> names.contains(fault.name())).toList();
  }
}
