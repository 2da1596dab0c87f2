package io.fieldwatch.benchmark.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.run.Interval;
import io.fieldwatch.benchmark.run.Live;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the page of a run, and a chart for each fleet into the folder {@code images} beside it.
 * Everything on it is of the run at hand, so the next run renews it.
 */
public final class PerformancePage {
  private static final double DISTURBED = 0.1;

  private final List<Line> lines;
  private final Figures figures;
  private final List<Live> lives;
  private final Setting setting;

  /**
   * How the run was made.
   *
   * @param command as it was typed
   * @param date in ISO form
   * @param javaOptions the same for all systems
   */
  public record Setting(
      String command,
      String date,
      Duration took,
      String machine,
      long readings,
      Interval interval,
      int repeats,
      List<String> javaOptions) {
    public Setting {
      javaOptions = List.copyOf(javaOptions);
    }
  }

  public PerformancePage(List<Line> lines, Figures figures, List<Live> lives, Setting setting) {
    this.lines = List.copyOf(lines);
    this.figures = figures;
    this.lives = List.copyOf(lives);
    this.setting = setting;
  }

  /** Writes it. */
  public void writeTo(Path page) throws IOException {
    Path images = page.toAbsolutePath().resolveSibling("images");
    Files.createDirectories(images);
    StringBuilder text = new StringBuilder(introduction());
    text.append(bounds());
    for (int devices : lines.stream().map(Line::devices).distinct().toList()) {
      List<Line> fleet = lines.stream().filter(line -> line.devices() == devices).toList();
      String chart = "stream-benchmark-" + devices + ".svg";
      String title = fleet(devices);
      Files.writeString(
          images.resolve(chart),
          Chart.svg("Readings a second on one core, " + title, fleet),
          UTF_8);
      text.append("## ").append(title).append("\n\n");
      text.append("![Readings a second, ").append(title).append("](images/").append(chart);
      text.append(")\n\n").append(table(fleet));
    }
    if (!lives.isEmpty()) {
      text.append("## At a steady load\n\n");
      lives.forEach(run -> text.append(steadyLoad(run)));
    }
    text.append(method());
    Files.writeString(page, text, UTF_8);
  }

  private String introduction() {
    return """
        # Performance of the stream job

        The stream job beside other engines doing the same work, and beside a program that only reads. This page and its charts were
        written by

        ```
        %s
        ```

        on %s, in %d minutes, on %s. Run it again and they are written anew.

        """
        .formatted(
            setting.command(), setting.date(), setting.took().toMinutes(), setting.machine());
  }

  private String bounds() {
    int few = lines.stream().mapToInt(Line::devices).min().orElse(0);
    int many = lines.stream().mapToInt(Line::devices).max().orElse(0);
    StringBuilder text =
        new StringBuilder(
            """
            ## What is promised

            | measure | %s | by CPU | %s | by CPU | floor | goal | |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """
                .formatted(few > 0 ? fleet(few) : "found", many > few ? fleet(many) : "–"));
    for (Bound bound : Bound.ALL) {
      Optional<Double> found = figures.find(bound.figure());
      String ofMany = bound.figure() + "Of" + many;
      text.append(
          "| %s | %s | %s | %s | %s | %s%s | %s | %s |%n"
              .formatted(
                  bound.title(),
                  found.map(PerformancePage::number).orElse("–"),
                  cell(bound.figure() + "ByCpu"),
                  cell(ofMany),
                  cell(ofMany + "ByCpu"),
                  bound.isCeiling() ? "≤ " : "≥ ",
                  number(bound.floor()),
                  number(bound.goal()),
                  found.map(value -> verdict(bound, value)).orElse("not measured")));
    }
    return text.append(
            """

            Ratios are of the medians of this run; the first column is judged, also for what is not measured by fleet. "By CPU" is the ratio of CPU seconds per
            reading: what the systems used, whatever else the machine did.
            """)
        .append(state())
        .append('\n')
        .toString();
  }

  private static String fleet(int devices) {
    return String.format(Locale.ROOT, "%,d devices", devices);
  }

  private String cell(String figure) {
    return figures.find(figure).map(PerformancePage::number).orElse("");
  }

  private String state() {
    return figures
        .find("snapshotBytesPerDevice")
        .map(
            bytes ->
                String.format(
                    Locale.ROOT,
                    """
                    A device's state in memory is what is reachable after collections, with five sensors and the default configuration; in a snapshot it takes %,.0f bytes.
                    """,
                    bytes))
        .orElse("");
  }

  private static String verdict(Bound bound, double value) {
    if (bound.isReachedBy(value)) {
      return "goal reached";
    }
    return bound.isKeptBy(value) ? "kept" : "**missed**";
  }

  private static String table(List<Line> fleet) {
    double limit =
        fleet.stream()
            .filter(line -> line.sut().name().equals("limit") && line.isRight())
            .mapToDouble(line -> line.readingsPerSecond().median())
            .findFirst()
            .orElse(Double.NaN);
    StringBuilder text =
        new StringBuilder(
            """
            | system | readings/s, median (lowest – highest) | ÷ limit | CPU s per million readings | measured, s | compilers | servers' core | results |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """);
    for (Line line : fleet) {
      if (line.isRight()) {
        double share = line.readingsPerSecond().median() / limit;
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.0f | %.0f %% | %.0f %% | right%s |%n",
                line.sut().title(),
                range("%,.0f", line.readingsPerSecond()),
                Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.2f", share),
                range("%.2f", line.cpuSecondsPerMillion()),
                line.seconds(),
                100 * line.compilersShare(),
                100 * line.serversShare(),
                line.otherShare() > DISTURBED
                    ? String.format(
                        Locale.ROOT,
                        "; others had up to %.0f %% of the core",
                        100 * line.otherShare())
                    : ""));
      } else {
        String why = line.fault().orElse("").lines().findFirst().orElse("");
        text.append("| %s | void | | | | | | %s |%n".formatted(line.sut().title(), why));
      }
    }
    return text.append(
            """

            *Measured* is the shortest run's time from warm to done, *compilers* the share of the system's CPU seconds that Java's compilers still had in that time, *servers' core* how
            busy the core of broker, HDFS, InfluxDB and measurement was; both of the worst run.

            """)
        .toString();
  }

  private static String range(String format, Spread spread) {
    return String.format(
        Locale.ROOT,
        format + " (" + format + " – " + format + ")",
        spread.median(),
        spread.low(),
        spread.high());
  }

  private static String steadyLoad(Live run) {
    return String.format(
        Locale.ROOT,
        """
        Fieldwatch, same work, %s, at %,.0f readings/s, which is about half of what it can, with batches of 500 ms. From the append of the record
        that moves a device's watermark past a window's end to the append of the window, over %,d windows: median %.2f s, 99 in 100
        within %.2f s, the slowest %.2f s. After kill -9 of the driver%s and an immediate new start, windows came again as soon as before
        %s. The sender, on the core of the servers, was up to %.1f s behind its plan.%s

        """,
        run.standby() ? "with a second driver that stands by on the same core" : "one driver",
        run.readingsPerSecond(),
        run.windows(),
        run.latencyP50Seconds(),
        run.latencyP99Seconds(),
        run.latencyMaxSeconds(),
        run.standby() ? " that does the work" : "",
        run.isRecovered()
            ? String.format(Locale.ROOT, "after %.1f s", run.recoverySeconds())
            : "not while the load lasted",
        run.senderDelaySeconds(),
        run.fault().map(fault -> " The figures are void: " + fault + ".").orElse(""));
  }

  private String method() {
    return String.format(
        Locale.ROOT,
        """
        ## How it is measured

        * **The work.** Decode SenML JSON, drop packs that came before by epoch and seq, windows of ten seconds by event time with count, mean, standard
          deviation, least, greatest and 95th percentile, lateness five seconds, each closed window appended to a topic; state made safe every ten seconds.
          "Our code" means that an engine was given Fieldwatch's decoder and windows, so that the engines themselves are compared; the others are
          what a good user of the engine would write. *Fieldwatch, same work* is the unchanged job with its ledger and snapshots, without scores, and without open windows, devices and the pulse
          that no other writes; *as deployed* is the unchanged job with all windows, scores, ledger and InfluxDB.
        * **The limit** is a Kafka consumer and Jackson's streaming parser over the same bytes, and nothing else.
        * **The input** is %,d readings, seeded, loaded once for each fleet before anything is measured, the same topic for all; a system is stopped when it has been measured, and must have appended right
          all that was due where it stopped. Packs of 10 and 20 readings of five sensors, popularity by Zipf's law with exponent 0.8,
          1 %% of the packs twice, 2 %% out of order, 0.1 %% late, 0.01 %% cut off
          ([what exactly](../stream-processor/benchmarks/README.md)).
        * **The cores.** Broker, HDFS, InfluxDB and the measurement have one core, the system under test the other one alone. All have the same memory, pages, collector and thresholds of the compilers: `%s`.
        * **The pace** of every system, also of the limit, is taken by one rule: from the first result after it was warm, for %d seconds, as the broker's times of the appended windows show.
          Warm is a system when Java's compilers have taken no more than a twentieth of its last 15 CPU seconds, not before %.0f CPU seconds and anyway after %.0f or after two minutes. One that is through the stream
          before half of the time is void. CPU seconds are those of the system's processes between the same moments.
        * **The order.** Runs of each system: %d, one system after the other, every second round backwards. The median counts; the spread is beside it.
        * **The results** of every run are compared with an oracle that shares no code with the systems: count, least and greatest exactly, mean and standard deviation to 1e-9, the percentile exactly, or by
          rank where an engine defines its own. A window that is wrong, missing or too many voids the run.
        * **Recovered** is a driver when in each partition a window that became due after the kill has come within half as much again as 99 in 100 did before the kill, or within 1.5 s if that is more: where
          latency was bad before, recovery is measured by a mild rule.
        """,
        setting.readings(),
        String.join(" ", setting.javaOptions()),
        setting.interval().wanted().toSeconds(),
        setting.interval().warmUpCpuSeconds(),
        setting.interval().latestCpuSeconds(),
        setting.repeats());
  }

  /** Few digits for what is near 1, none for what is large. */
  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return "∞";
    }
    if (value == Math.rint(value) || value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
