package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.contract.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs one system over one loaded stream, from its start to its last result, and measures it. */
final class Trial {
  static final int PARTITIONS = 4;
  static final Duration WINDOW = Duration.ofSeconds(10);
  static final Duration LATENESS = Duration.ofSeconds(5);
  private static final Duration SNAPSHOT_EVERY = Duration.ofSeconds(10);

  /** With nothing new for so long, a system has nothing more to say. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(240);

  private final Servers servers;
  private final Topics topics;
  private final Path folder;
  private final Interval interval;
  private final Optional<Path> recordings;
  private int number;

  /**
   * @param folder for the systems' own folders
   * @param recordings where flight recordings go, if any are wanted
   */
  Trial(Servers servers, Topics topics, Path folder, Interval interval, Optional<Path> recordings) {
    this.servers = servers;
    this.topics = topics;
    this.folder = folder;
    this.interval = interval;
    this.recordings = recordings;
  }

  /** What a system is started with, and what was made for it. */
  record Place(Settings settings, Path folder, String database) {}

  /** For a program that asks no server for anything. */
  static Settings settingsWithoutServers(Path folder, String input) {
    return new Settings(
        "127.0.0.1:1",
        input,
        "nowhere",
        folder,
        SNAPSHOT_EVERY,
        WINDOW,
        LATENESS,
        PARTITIONS,
        Map.of("hdfs", "hdfs://127.0.0.1:1", "root", "/none"));
  }

  /** A new output topic, folder, and, where they are needed, folder on HDFS and database. */
  Place place(Sut sut, String input) throws IOException, InterruptedException {
    String name = "%s-%d".formatted(sut.name(), ++number);
    String output = "windows-" + name;
    topics.create(output, PARTITIONS, Topics.Clock.BROKER);
    Path own = emptied(folder.resolve(name));
    Map<String, String> more = new LinkedHashMap<>();
    for (String argument : sut.arguments()) {
      String[] words = argument.split("=", 2);
      more.put(words[0], words[1]);
    }
    String database = name.replace('-', '_');
    if (sut.needs().contains("hdfs")) {
      more.put("hdfs", servers.endpoints().hdfs().toString());
      more.put("root", "/" + name);
    }
    if (sut.needs().contains("influxdb")) {
      servers.database(database);
      more.put("influxdb", servers.endpoints().influxDb().toString());
      more.put("database", database);
    }
    Settings settings =
        new Settings(
            servers.bootstrap(),
            input,
            output,
            own.resolve("state"),
            SNAPSHOT_EVERY,
            WINDOW,
            LATENESS,
            PARTITIONS,
            more);
    return new Place(settings, own, database);
  }

  /** What an earlier comparison left there would be taken for the state to go on from. */
  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /** Runs a system; one that cannot be measured is void, and no reason to give up the others. */
  Measured run(Sut sut, int devices, LoadedStream stream) throws IOException, InterruptedException {
    Place place = place(sut, stream.topic());
    servers.makeRoom();
    Optional<Path> recording =
        recordings.map(to -> to.toAbsolutePath().resolve(place.folder().getFileName() + ".jfr"));
    SutProcess process = SutProcess.start(sut, place.settings(), place.folder(), recording);
    try (CpuMeter meter = new CpuMeter(process.handle());
        Watch watch = watch(sut, stream, place)) {
      Optional<String> end = follow(process, meter, watch);
      process.stop();
      servers.spread();
      watch.finish();
      Optional<String> fault = watch.verdict().map(v -> end.map(e -> v + "; " + e).orElse(v));
      return measured(sut, devices, stream, watch, meter, fault);
    } catch (IOException e) {
      return Measured.nothing(sut.name(), devices, "Cannot measure it: " + e.getMessage());
    } finally {
      process.stop();
      topics.delete(place.settings().output());
    }
  }

  /** Until all is there, or nothing comes any more; then why. */
  private Optional<String> follow(SutProcess process, CpuMeter meter, Watch watch)
      throws IOException, InterruptedException {
    long lastNews = System.nanoTime();
    long settleMillis = Long.MAX_VALUE;
    boolean settled = false;
    while (!watch.isComplete()) {
      if (watch.look()) {
        lastNews = System.nanoTime();
      } else if (!process.isAlive()) {
        return Optional.of("it has ended; its log ends:\n" + process.tail());
      } else if (System.nanoTime() - lastNews > PATIENCE_NANOS) {
        return Optional.of("nothing came any more; its log ends:\n" + process.tail());
      }
      if (settleMillis == Long.MAX_VALUE && isWarm(meter, watch)) {
        settleMillis = watch.latestMillis() + interval.wanted().toMillis() + 2 * Pace.BURST_MILLIS;
      }
      if (!settled && watch.latestMillis() > settleMillis) {
        watch.settle();
        settled = true;
      }
    }
    return Optional.empty();
  }

  private boolean isWarm(CpuMeter meter, Watch watch) {
    OptionalLong warm = meter.warmMillis(interval);
    return warm.isPresent() && watch.latestMillis() >= warm.getAsLong();
  }

  private Watch watch(Sut sut, LoadedStream stream, Place place) {
    String output = place.settings().output();
    return switch (sut.results()) {
      case WINDOWS -> new WindowWatch(servers.bootstrap(), output, PARTITIONS, stream, sut.p95());
      case PROGRESS ->
          new ProgressWatch(servers.bootstrap(), output, PARTITIONS, stream.readings());
      case INFLUXDB ->
          new InfluxWatch(servers.endpoints().influxDb(), place.database(), stream, sut.p95());
    };
  }

  private Measured measured(
      Sut sut,
      int devices,
      LoadedStream stream,
      Watch watch,
      CpuMeter meter,
      Optional<String> fault) {
    try {
      long warm =
          meter
              .warmMillis(interval)
              .orElseThrow(
                  () -> new IllegalArgumentException("Cannot tell the pace: it was never warm"));
      Pace pace = Pace.of(watch.marks(), stream.readings(), warm, interval);
      CpuMeter.Usage usage = meter.between(pace.fromMillis(), pace.toMillis());
      return new Measured(
          sut.name(),
          devices,
          pace.seconds(),
          pace.readingsPerSecond(),
          usage.seconds() * 1e6 / pace.readings(),
          usage.compilersShare(),
          usage.otherShare(),
          usage.serversShare(),
          watch.results(),
          watch.repeated(),
          fault);
    } catch (IllegalArgumentException e) {
      return Measured.nothing(
          sut.name(), devices, fault.map(f -> f + "; ").orElse("") + e.getMessage());
    }
  }
}
