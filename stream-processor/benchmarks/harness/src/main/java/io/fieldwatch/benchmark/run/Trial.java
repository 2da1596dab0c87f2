package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.local.influx.InfluxQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
  private final WarmUp warmUp;
  private final Optional<Path> recordings;
  private int number;

  /**
   * @param folder for the systems' own folders
   * @param recordings where flight recordings go, if any are wanted
   */
  Trial(Servers servers, Topics topics, Path folder, WarmUp warmUp, Optional<Path> recordings) {
    this.servers = servers;
    this.topics = topics;
    this.folder = folder;
    this.warmUp = warmUp;
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
    if (sut.rounds() > 1) {
      more.put("rounds", Integer.toString(sut.rounds()));
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

  Measured run(Sut sut, int devices, LoadedStream stream) throws IOException, InterruptedException {
    Place place = place(sut, stream.topic());
    servers.makeRoom();
    Optional<Path> recording =
        recordings.map(to -> to.toAbsolutePath().resolve(place.folder().getFileName() + ".jfr"));
    SutProcess process = SutProcess.start(sut, place.settings(), place.folder(), recording);
    try (CpuMeter meter = new CpuMeter(process.handle());
        Watch watch = watch(sut, stream, place)) {
      Optional<String> end = follow(process, watch);
      process.stop();
      watch.finish();
      Optional<String> fault = watch.verdict().map(v -> end.map(e -> v + "; " + e).orElse(v));
      return measured(sut, devices, stream, watch, meter, fault);
    } finally {
      process.stop();
      topics.delete(place.settings().output());
    }
  }

  /** Until all is there, or nothing comes any more; then why. */
  private static Optional<String> follow(SutProcess process, Watch watch)
      throws IOException, InterruptedException {
    long lastNews = System.nanoTime();
    while (!watch.isComplete()) {
      if (watch.look()) {
        lastNews = System.nanoTime();
      } else if (!process.isAlive()) {
        return Optional.of("it has ended; its log ends:\n" + process.tail());
      } else if (System.nanoTime() - lastNews > PATIENCE_NANOS) {
        return Optional.of("nothing came any more; its log ends:\n" + process.tail());
      }
    }
    return Optional.empty();
  }

  private Watch watch(Sut sut, LoadedStream stream, Place place) {
    String output = place.settings().output();
    return switch (sut.results()) {
      case WINDOWS -> new WindowWatch(servers.bootstrap(), output, PARTITIONS, stream, sut.p95());
      case PROGRESS ->
          new ProgressWatch(
              servers.bootstrap(), output, PARTITIONS, sut.rounds() * stream.readings());
      case INFLUXDB ->
          new InfluxWatch(
              new InfluxQuery(servers.endpoints().influxDb(), place.database()), stream, sut.p95());
    };
  }

  private Measured measured(
      Sut sut,
      int devices,
      LoadedStream stream,
      Watch watch,
      CpuMeter meter,
      Optional<String> fault) {
    long readings = sut.rounds() * stream.readings();
    try {
      Pace pace = Pace.of(watch.marks(), readings, warmUp.endMillis(meter), warmUp.leastMeasured());
      CpuMeter.Usage usage = meter.between(pace.fromMillis(), pace.toMillis());
      return new Measured(
          sut.name(),
          devices,
          readings,
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
      return new Measured(
          sut.name(),
          devices,
          readings,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          watch.results(),
          watch.repeated(),
          Optional.of(fault.map(f -> f + "; ").orElse("") + e.getMessage()));
    }
  }
}
