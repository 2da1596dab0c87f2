package io.fieldwatch.benchmark.run;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./fieldwatch bench stream}. */
@Command(
    name = "fieldwatch bench stream",
    description = {
      "Compares the stream job with other engines that do the same work, and with the limit.",
      "Ends with one line of JSON."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: fieldwatch bench stream --systems limit,fieldwatch --devices 1000 --repeats 1"
    })
public final class BenchStream implements Callable<Integer> {
  private static final long SEED = 20_260_101;
  private static final long LATE_AFTER = 1_000_000;
  private static final double DISTURBED = 0.1;

  @Option(
      names = "--systems",
      split = ",",
      paramLabel = "NAME",
      description = "Which, in this order; all of them if not given.")
  private List<String> systems = List.of();

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "N",
      description = "How many; one after the other (default: ${DEFAULT-VALUE}).")
  private List<Integer> devices = List.of(1_000, 100_000);

  @Option(
      names = "--readings",
      paramLabel = "N",
      description = "How long the stream is (default: ${DEFAULT-VALUE}).")
  private long readings = 20_000_000;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each system runs; the median counts (default: ${DEFAULT-VALUE}).")
  private int repeats = 3;

  @Option(
      names = "--jfr",
      paramLabel = "FOLDER",
      description = "Takes a flight recording of every run; figures are then not comparable.")
  private @Nullable Path recordings;

  @Option(names = "--list", description = "Lists the systems and ends.")
  private boolean list;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchStream())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println(failure.getMessage());
                  if (System.getenv("FIELDWATCH_DEBUG") != null) {
                    failure.printStackTrace(command.getErr());
                  }
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation = Installation.find();
    List<Sut> all = Sut.in(installation.root().resolve("stream-processor/benchmarks"));
    if (list) {
      all.forEach(sut -> System.out.printf("  %-28s %s%n", sut.name(), sut.title()));
      return 0;
    }
    List<Sut> chosen = chosen(all);
    List<Measured> runs = new ArrayList<>();
    for (int fleet : devices) {
      runs.addAll(compare(installation, chosen, fleet));
    }
    runs.forEach(System.out::println);
    return runs.stream().allMatch(Measured::isRight) ? 0 : 1;
  }

  private List<Sut> chosen(List<Sut> all) throws IOException {
    if (systems.isEmpty()) {
      return all;
    }
    List<Sut> chosen = new ArrayList<>();
    for (String name : systems) {
      chosen.add(
          all.stream()
              .filter(sut -> sut.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IOException(
                          "Cannot find system '%s': there is %s"
                              .formatted(name, all.stream().map(Sut::name).toList()))));
    }
    return chosen;
  }

  private List<Measured> compare(Installation installation, List<Sut> chosen, int fleet)
      throws IOException, InterruptedException {
    Path folder = installation.root().resolve(".fieldwatch-bench/stream");
    List<Measured> runs = new ArrayList<>();
    say("%,d devices: starting Kafka, HDFS and InfluxDB".formatted(fleet));
    try (Servers servers = Servers.start(installation, folder);
        Topics topics = new Topics(servers.bootstrap())) {
      Map<Long, LoadedStream> streams = load(servers, topics, chosen, fleet);
      Path own = Files.createDirectories(folder.resolve("systems"));
      if (recordings != null) {
        Files.createDirectories(recordings);
      }
      Trial trial = new Trial(servers, topics, own, Optional.ofNullable(recordings));
      for (int repeat = 0; repeat < repeats; repeat++) {
        List<Sut> order = new ArrayList<>(chosen);
        if (repeat % 2 == 1) {
          Collections.reverse(order);
        }
        for (Sut sut : order) {
          LoadedStream stream = requireNonNull(streams.get(length(sut)), "every length is loaded");
          Measured run = trial.run(sut, fleet, stream);
          tell(run, repeat);
          runs.add(run);
        }
      }
    }
    return runs;
  }

  private Map<Long, LoadedStream> load(Servers servers, Topics topics, List<Sut> chosen, int fleet)
      throws IOException, InterruptedException {
    Map<String, Long> lengths = new LinkedHashMap<>();
    for (Sut sut : chosen) {
      lengths.put(topic(length(sut)), length(sut));
    }
    for (String topic : lengths.keySet()) {
      if (topic.equals(KafkaTopics.READINGS)) {
        topics.keepAll(topic, Topics.Clock.SENDER);
      } else {
        topics.create(topic, Trial.PARTITIONS, Topics.Clock.SENDER);
      }
    }
    say("%,d devices: loading %,d readings".formatted(fleet, readings));
    Map<String, LoadedStream> loaded =
        new Loader(
                servers.bootstrap(),
                Trial.WINDOW.toMillis(),
                Trial.LATENESS.toMillis(),
                System.out::println)
            .load(
                new StreamShape(fleet, Trial.PARTITIONS, SEED, Math.min(LATE_AFTER, readings / 2)),
                lengths);
    Map<Long, LoadedStream> byLength = new LinkedHashMap<>();
    lengths.forEach((topic, length) -> byLength.put(length, loaded.get(topic)));
    loaded
        .values()
        .forEach(
            stream ->
                say(
                    "  %s: %,d readings, %,d windows of which %,d must be appended"
                        .formatted(
                            stream.topic(),
                            stream.readings(),
                            stream.expectations().windows().size(),
                            stream.required())));
    return byLength;
  }

  private long length(Sut sut) {
    return Math.min(readings, sut.mostReadings().orElse(readings));
  }

  /** The job has one topic; shorter streams have others. */
  private String topic(long length) {
    return length == readings ? KafkaTopics.READINGS : KafkaTopics.READINGS + "-" + length;
  }

  private static void tell(Measured run, int repeat) {
    say(
        "  %-28s run %d: %,12.0f readings/s  %6.3f CPU s/million  %,d windows%s%s"
            .formatted(
                run.system(),
                repeat + 1,
                run.readingsPerSecond(),
                run.cpuSecondsPerMillion(),
                run.results(),
                run.otherShare() > DISTURBED
                    ? "  DISTURBED: others had %.0f %% of the core"
                        .formatted(100 * run.otherShare())
                    : "",
                run.fault().map(fault -> "  VOID: " + fault).orElse("")));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
