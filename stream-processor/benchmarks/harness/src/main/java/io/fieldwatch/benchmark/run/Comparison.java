package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.benchmark.report.Figures;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs systems over streams, each fleet on servers of its own. */
final class Comparison {
  private static final long SEED = 20_260_101;
  private static final long LATE_AFTER = 1_000_000;
  private static final double DISTURBED = 0.1;
  private static final Duration STANDBY_IS_READY = Duration.ofSeconds(150);
  private static final String STATE_SIZE = "io.fieldwatch.benchmark.fieldwatch.StateSize";

  private final Installation installation;
  private final Path folder;
  private final Plan plan;
  private final Optional<Path> recordings;
  private final Consumer<String> progress;

  /**
   * How much is run.
   *
   * @param readings of the stream
   * @param repeats of each system
   */
  record Plan(long readings, int repeats, Interval interval) {
    Plan {
      if (readings < 1 || repeats < 1) {
        throw new IllegalArgumentException("Invalid plan: readings and repeats must be 1 or more");
      }
    }

    StreamShape shape(int devices) {
      return new StreamShape(devices, Trial.PARTITIONS, SEED, Math.min(LATE_AFTER, readings / 2));
    }
  }

  /**
   * @param folder for servers and systems; emptied
   * @param recordings where flight recordings go, if any are wanted
   */
  Comparison(
      Installation installation,
      Path folder,
      Plan plan,
      Optional<Path> recordings,
      Consumer<String> progress) {
    this.installation = installation;
    this.folder = folder;
    this.plan = plan;
    this.recordings = recordings;
    this.progress = progress;
  }

  /** Each system so often as planned, one after the other, every second round backwards. */
  List<Measured> run(List<Sut> systems, int devices) throws IOException, InterruptedException {
    List<Measured> runs = new ArrayList<>();
    progress.accept("%,d devices: starting Kafka, HDFS and InfluxDB".formatted(devices));
    try (Servers servers = Servers.start(installation, folder);
        Topics topics = new Topics(servers.bootstrap())) {
      LoadedStream stream = load(servers, topics, devices);
      Trial trial = trial(servers, topics);
      for (int repeat = 0; repeat < plan.repeats(); repeat++) {
        List<Sut> order = new ArrayList<>(systems);
        if (repeat % 2 == 1) {
          Collections.reverse(order);
        }
        for (Sut sut : order) {
          Measured run =
              devices > sut.mostDevices()
                  ? Measured.nothing(sut.name(), devices, "Not run: " + sut.beyond())
                  : trial.run(sut, devices, stream);
          tell(run, repeat);
          runs.add(run);
        }
      }
    }
    return runs;
  }

  /**
   * One system at a steady load, with a kill.
   *
   * @param standby whether a second process stands by; it is given the time to get ready
   */
  Live runLive(Sut sut, int devices, double readingsPerSecond, boolean standby)
      throws IOException, InterruptedException {
    LivePlan live =
        new LivePlan(
            readingsPerSecond,
            standby,
            standby ? STANDBY_IS_READY : Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
    progress.accept(
        "%s%s at %,.0f readings/s for %s, with a kill -9 after %s"
            .formatted(
                sut.name(),
                standby ? " with a standby" : "",
                readingsPerSecond,
                live.whole(),
                live.untilKill()));
    try (Servers servers = Servers.start(installation, folder);
        Topics topics = new Topics(servers.bootstrap())) {
      topics.keepAll(KafkaTopics.READINGS, Topics.Clock.BROKER);
      Live run =
          new LiveTrial(servers, trial(servers, topics), plan.shape(devices))
              .run(sut, KafkaTopics.READINGS, live);
      progress.accept(
          "  latency p50 %.2f s, p99 %.2f s, greatest %.2f s over %,d windows; %s; sender late by %.2f s%s"
              .formatted(
                  run.latencyP50Seconds(),
                  run.latencyP99Seconds(),
                  run.latencyMaxSeconds(),
                  run.windows(),
                  run.isRecovered()
                      ? "recovered after %.1f s".formatted(run.recoverySeconds())
                      : "not recovered",
                  run.senderDelaySeconds(),
                  voidBecause(run.fault())));
      return run;
    }
  }

  /**
   * What a device's state takes.
   *
   * @param sut the job's module
   */
  Figures.StateSize stateSize(Sut sut) throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolveSibling("state-size"));
    Sut program = sut.withMain(STATE_SIZE);
    SutProcess process =
        SutProcess.start(
            program,
            Trial.settingsWithoutServers(own, KafkaTopics.READINGS),
            own,
            Optional.empty());
    try {
      return process
          .awaitEnd()
          .lines()
          .filter(line -> line.startsWith("stateBytes="))
          .map(Comparison::stateSize)
          .reduce((first, last) -> last)
          .orElseThrow(() -> new IOException("Cannot measure the state:\n" + process.tail()));
    } finally {
      process.stop();
    }
  }

  private static Figures.StateSize stateSize(String line) {
    String[] words = line.split("[= ]");
    return new Figures.StateSize(Long.parseLong(words[1]), Long.parseLong(words[3]));
  }

  private Trial trial(Servers servers, Topics topics) throws IOException {
    Path own = Files.createDirectories(folder.resolve("systems"));
    if (recordings.isPresent()) {
      Files.createDirectories(recordings.get());
    }
    return new Trial(servers, topics, own, plan.interval(), recordings);
  }

  private LoadedStream load(Servers servers, Topics topics, int devices)
      throws IOException, InterruptedException {
    servers.spread();
    topics.keepAll(KafkaTopics.READINGS, Topics.Clock.SENDER);
    progress.accept("%,d devices: loading %,d readings".formatted(devices, plan.readings()));
    LoadedStream loaded =
        new Loader(
                servers.bootstrap(), Trial.WINDOW.toMillis(), Trial.LATENESS.toMillis(), progress)
            .load(KafkaTopics.READINGS, plan.shape(devices), plan.readings());
    progress.accept(
        "  %,d readings, %,d windows of which %,d must be appended"
            .formatted(
                loaded.readings(),
                loaded.expectations().windows().size(),
                loaded.requiredBy(Long.MAX_VALUE)));
    return loaded;
  }

  private void tell(Measured run, int repeat) {
    progress.accept(
        "  %-28s run %d: %,12.0f readings/s  %6.3f CPU s/million  over %.0f s, compilers %.0f %%, servers' core %.0f %%  %,d windows%s%s"
            .formatted(
                run.system(),
                repeat + 1,
                run.readingsPerSecond(),
                run.cpuSecondsPerMillion(),
                run.seconds(),
                100 * run.compilersShare(),
                100 * run.serversShare(),
                run.results(),
                run.otherShare() > DISTURBED
                    ? "  DISTURBED: others had %.0f %% of the core"
                        .formatted(100 * run.otherShare())
                    : "",
                voidBecause(run.fault())));
  }

  private static String voidBecause(Optional<String> fault) {
    return fault.map(why -> "  VOID: " + why).orElse("");
  }
}
