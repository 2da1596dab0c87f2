package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.report.Figures;
import io.fieldwatch.benchmark.report.Line;
import io.fieldwatch.benchmark.report.PerformancePage;
import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
      "Example: fieldwatch bench stream --systems limit,fieldwatch --devices 1000 --repeats 1",
      "Example: fieldwatch bench stream --report docs/performance.md"
    })
public final class BenchStream implements Callable<Integer> {
  private static final String OURS = "fieldwatch";
  private static final long END_SECONDS = 120;
  private static final double SHARE_OF_SUSTAINABLE = 0.5;

  /** What can be measured. */
  enum Part {
    /** Pace and cost of every system. */
    COMPARE,
    /** Latency and recovery of our own at a steady load, alone and with a standby. */
    LIVE,
    /** What a device's state takes. */
    STATE
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call
  private CommandSpec spec;

  @Option(
      names = "--systems",
      split = ",",
      paramLabel = "NAME",
      description = "Which, in this order; all of them if not given.")
  private List<String> systems = List.of();

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = "${COMPLETION-CANDIDATES}; all if not given, only compare with --systems.")
  private @Nullable Set<Part> parts;

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "N",
      description = "How many; one fleet after the other (default: 1000,100000).")
  private List<Integer> devices = List.of(1_000, 100_000);

  @Option(
      names = "--readings",
      paramLabel = "N",
      description = "How long the stream is (default: ${DEFAULT-VALUE}).")
  private long readings = 300_000_000;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = {
        "CPU seconds of a system before it is measured, and up to six times as many while Java's"
            + " compilers are busy (default: ${DEFAULT-VALUE}).",
        "With 0 a short stream will do, and figures mean little."
      })
  private double warmUp = 10;

  @Option(
      names = "--measured",
      paramLabel = "SECONDS",
      description = "How long each is measured then (default: ${DEFAULT-VALUE}).")
  private double measured = 10;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each system runs; the median counts (default: ${DEFAULT-VALUE}).")
  private int repeats = 3;

  @Option(
      names = "--load",
      paramLabel = "N",
      description = "Readings/s of part live; half of what was measured if not given.")
  private @Nullable Double load;

  @Option(
      names = "--jfr",
      paramLabel = "FOLDER",
      description = "Takes a flight recording of every run; figures are then not comparable.")
  private @Nullable Path recordings;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes a page there, and charts into the folder images beside it.")
  private @Nullable Path report;

  @Option(names = "--list", description = "Lists the systems and ends.")
  private boolean list;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BenchStream())
            .setCaseInsensitiveEnumValuesAllowed(true)
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
    Machine machine = Machine.look();
    if (machine.isBusy()) {
      System.out.println("WARNING: others are at work here; figures will be disturbed: " + machine);
    }
    Comparison comparison =
        new Comparison(
            installation,
            installation.root().resolve(".fieldwatch-bench/stream"),
            new Comparison.Plan(readings, repeats, interval()),
            Optional.ofNullable(recordings),
            System.out::println);
    CountDownLatch done = new CountDownLatch(1);
    interruptAtShutdown(Thread.currentThread(), done);
    try {
      return measure(comparison, all, machine);
    } finally {
      done.countDown();
    }
  }

  private Interval interval() {
    return new Interval(warmUp, Duration.ofMillis((long) (1_000 * measured)));
  }

  /** Ctrl-C ends what was started before it ends this process. */
  private static void interruptAtShutdown(Thread measuring, CountDownLatch done) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  measuring.interrupt();
                  try {
                    if (!done.await(END_SECONDS, TimeUnit.SECONDS)) {
                      System.err.println("Cannot stop everything in time; the next run does.");
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private int measure(Comparison comparison, List<Sut> all, Machine machine)
      throws IOException, InterruptedException {
    Instant begin = Instant.now();
    List<Sut> chosen = chosen(all);
    List<Measured> runs = new ArrayList<>();
    List<Line> lines = List.of();
    for (int fleet : isWanted(Part.COMPARE) ? devices : List.<Integer>of()) {
      runs.addAll(comparison.run(chosen, fleet));
      lines = Line.of(chosen, devices, runs);
      report(lines, new Figures(lines, List.of(), Optional.empty()), List.of(), machine, begin);
    }
    List<Live> lives = new ArrayList<>();
    for (boolean standby : isWanted(Part.LIVE) ? List.of(false, true) : List.<Boolean>of()) {
      lives.add(comparison.runLive(find(all, OURS), devices.get(0), loadOf(lines), standby));
    }
    Optional<Figures.StateSize> state = Optional.empty();
    if (isWanted(Part.STATE)) {
      state = Optional.of(comparison.stateSize(find(all, OURS)));
    }
    Figures figures = new Figures(lines, lives, state);
    report(lines, figures, lives, machine, begin);
    System.out.printf("Took %d minutes%n", Duration.between(begin, Instant.now()).toMinutes());
    System.out.println(figures.json(machine.toString()));
    return figures.isOk() ? 0 : 1;
  }

  /** Writes what is known so far. */
  private void report(
      List<Line> lines, Figures figures, List<Live> lives, Machine machine, Instant begin)
      throws IOException {
    if (report != null) {
      Duration took = Duration.between(begin, Instant.now());
      new PerformancePage(lines, figures, lives, setting(machine, took)).writeTo(report);
    }
  }

  private boolean isWanted(Part part) {
    return parts == null ? part == Part.COMPARE || systems.isEmpty() : parts.contains(part);
  }

  private double loadOf(List<Line> lines) throws IOException {
    if (load != null) {
      return load;
    }
    return lines.stream()
        .filter(line -> line.sut().name().equals(OURS) && line.isRight())
        .mapToDouble(line -> SHARE_OF_SUSTAINABLE * line.readingsPerSecond().median())
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot choose the load: %s was not measured; give --load".formatted(OURS)));
  }

  private PerformancePage.Setting setting(Machine machine, Duration took) {
    String arguments = String.join(" ", spec.commandLine().getParseResult().originalArgs());
    return new PerformancePage.Setting(
        "./fieldwatch bench stream " + arguments,
        LocalDate.now(ZoneOffset.UTC).toString(),
        took,
        machine.toString(),
        readings,
        interval(),
        repeats,
        SutProcess.JAVA_OF_ALL);
  }

  private List<Sut> chosen(List<Sut> all) throws IOException {
    if (systems.isEmpty()) {
      return all;
    }
    List<Sut> chosen = new ArrayList<>();
    for (String name : systems) {
      chosen.add(find(all, name));
    }
    return chosen;
  }

  private static Sut find(List<Sut> all, String name) throws IOException {
    return all.stream()
        .filter(sut -> sut.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "Cannot find system '%s': there is %s"
                        .formatted(name, all.stream().map(Sut::name).toList())));
  }
}
