package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.load.Pack;
import io.fieldwatch.benchmark.load.PackStream;
import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import io.fieldwatch.benchmark.oracle.Oracle;
import io.fieldwatch.benchmark.oracle.WindowId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a system at a steady load, kills it, starts it again, and measures how soon its windows
 * come.
 *
 * <p>Of an eighth of the devices every window is kept, compared with the oracle, and timed: from
 * the append of the pack that moved the device's watermark past the window's end to the append of
 * the window, both by the broker's clock.
 */
final class LiveTrial {
  private static final int SAMPLED = 8;

  /** By then the first process surely does the work. */
  private static final long STANDBY_AFTER_MILLIS = 10_000;

  /** The sender counts what it sends before the end, so it is a little short. */
  private static final double LEAST_SENT = 0.97;

  /** A recovered system is one whose windows come again about as soon as 99 in 100 did. */
  private static final double SLACK = 1.5;

  private static final long LATEST_RECOVERED_MILLIS = 1_500;

  /** A system that has appended nothing for so long has caught up. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Servers servers;
  private final Trial trial;
  private final StreamShape shape;

  LiveTrial(Servers servers, Trial trial, StreamShape shape) {
    this.servers = servers;
    this.trial = trial;
    this.shape = shape;
  }

  /**
   * Runs it. The input topic exists, is empty, and has the broker's clock.
   *
   * @param input the topic
   */
  Live run(Sut sut, String input, LivePlan plan) throws IOException, InterruptedException {
    Trial.Place place = trial.place(sut, input);
    servers.makeRoom();
    List<SutProcess> running = new ArrayList<>();
    try (SampleWatch watch =
            new SampleWatch(
                servers.bootstrap(),
                place.settings().output(),
                Trial.PARTITIONS,
                LiveTrial::isSampled);
        Sender sender = new Sender(servers.bootstrap(), input, shape, plan)) {
      running.add(started(sut, place, place.folder()));
      sender.start();
      long begin = System.currentTimeMillis();
      if (plan.standby()) {
        watchUntil(begin + STANDBY_AFTER_MILLIS, watch);
        running.add(started(sut, place, place.folder().resolve("standby")));
      }
      watchUntil(begin + plan.untilKill().toMillis(), watch);
      long killed = System.currentTimeMillis();
      running.remove(0).kill();
      // At once, as whoever supervises it would; where another one stood by, this one now does.
      running.add(started(sut, place, place.folder()));
      watchUntil(begin + plan.whole().toMillis(), watch);
      watchUntilQuiet(sender, watch);
      stop(running);
      watch.finish();
      return judged(sut, plan, sender, watch.appended(), begin, killed);
    } finally {
      stop(running);
    }
  }

  private static SutProcess started(Sut sut, Trial.Place place, Path folder) throws IOException {
    return SutProcess.start(
        sut, place.settings(), Files.createDirectories(folder), Optional.empty());
  }

  /** The newest first: it is the one that stands by, and must not take over. */
  private static void stop(List<SutProcess> running) throws IOException, InterruptedException {
    while (!running.isEmpty()) {
      running.remove(running.size() - 1).stop();
    }
  }

  private static void watchUntil(long millis, SampleWatch watch) {
    while (System.currentTimeMillis() < millis) {
      watch.look();
    }
  }

  private static void watchUntilQuiet(Sender sender, SampleWatch watch) {
    long lastNews = System.nanoTime();
    while (!sender.isDone() || System.nanoTime() - lastNews < QUIET_NANOS) {
      lastNews = watch.look() ? System.nanoTime() : lastNews;
    }
  }

  private static boolean isSampled(String key) {
    return Math.floorMod(key.hashCode(), SAMPLED) == 0;
  }

  private Live judged(
      Sut sut,
      LivePlan plan,
      Sender sender,
      List<SampleWatch.Appended> appended,
      long begin,
      long killed)
      throws IOException {
    LoadedStream stream = expected(sender.packs());
    ResultCheck check = new ResultCheck(stream, sut.p95());
    List<Timed> timed = new ArrayList<>();
    appended.sort(Comparator.comparingLong(SampleWatch.Appended::millis));
    for (SampleWatch.Appended each : appended) {
      check.accept(each.key(), each.window(), each.millis());
      WindowId id = new WindowId(each.key(), each.window().sensor(), each.window().startMillis());
      stream
          .expectations()
          .find(id)
          .filter(ExpectedWindow::isDue)
          .map(window -> sender.appendedMillis((int) window.dueByDevice()))
          .filter(closed -> closed > 0)
          .ifPresent(
              closed ->
                  timed.add(new Timed(each.partition(), each.millis(), each.millis() - closed)));
    }
    long from = begin + plan.warmUp().toMillis();
    long[] steady =
        timed.stream()
            .filter(each -> each.atMillis >= from && each.atMillis < killed)
            .mapToLong(Timed::latencyMillis)
            .sorted()
            .toArray();
    double p99 = percentile(steady, 0.99);
    return new Live(
        sut.name(),
        plan.standby(),
        sender.readingsPerSecond(),
        percentile(steady, 0.5) / 1_000,
        p99 / 1_000,
        percentile(steady, 1) / 1_000,
        recoveryMillis(timed, killed, Math.max(LATEST_RECOVERED_MILLIS, SLACK * p99)) / 1_000,
        steady.length,
        sender.worstDelay().toMillis() / 1_000.0,
        check.verdict().or(() -> lack(sender.readingsPerSecond(), plan)));
  }

  /** A lighter load than planned is none to show a latency at. */
  private static Optional<String> lack(double sent, LivePlan plan) {
    return sent >= LEAST_SENT * plan.readingsPerSecond()
        ? Optional.empty()
        : Optional.of(
            "only %.0f readings/s were sent of %.0f".formatted(sent, plan.readingsPerSecond()));
  }

  private record Timed(int partition, long atMillis, long latencyMillis) {}

  /** Not a number where nothing was measured. */
  private static double percentile(long[] sorted, double rank) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(rank * sorted.length) - 1];
  }

  /**
   * Until the first window came as soon as before that became due after the kill, in the partition
   * in which that took longest.
   *
   * @return infinite if a partition has none
   */
  private static double recoveryMillis(List<Timed> timed, long killed, double soon) {
    double latest = 0;
    for (int partition = 0; partition < Trial.PARTITIONS; partition++) {
      int wanted = partition;
      double first =
          timed.stream()
              .filter(each -> each.partition == wanted)
              .filter(each -> each.atMillis - each.latencyMillis > killed)
              .filter(each -> each.latencyMillis <= soon)
              .mapToDouble(each -> each.atMillis - killed)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      latest = Math.max(latest, first);
    }
    return latest;
  }

  /** What the sampled devices must have come to, due by the number of the pack. */
  private LoadedStream expected(int packs) throws IOException {
    Oracle oracle = new Oracle(Trial.WINDOW.toMillis(), Trial.LATENESS.toMillis());
    PackStream stream = new PackStream(shape);
    for (int number = 0; number < packs; number++) {
      Pack pack = stream.next();
      if (isSampled(new String(pack.key(), UTF_8))) {
        oracle.accept(pack, number);
      }
    }
    return LoadedStream.of("", oracle.expectations(), shape.readingsPerSecond());
  }
}
