package io.fieldwatch.stream.config;

import static io.fieldwatch.stream.config.Key.key;
import static io.fieldwatch.stream.config.Key.optional;
import static io.fieldwatch.stream.config.Key.required;
import static io.fieldwatch.stream.config.Key.section;

import io.fieldwatch.decode.DecoderRule;
import io.fieldwatch.decode.Format;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.Scoring;
import io.fieldwatch.stream.device.SensorRule;
import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.topic.TopicFilter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every key of the job's configuration. To add one: declare it as a constant, name it in its
 * group's list, and take its value where the group makes its record. Then write the reference page
 * again, as the page itself says.
 */
final class StreamKeys {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(10);
  private static final int MANY = 1_000_000;
  private static final int MOST_OVERLAPPING = 1440;

  private static final class KafkaKeys {
    static final Key<String> SERVERS =
        required(
            "bootstrapServers",
            Forms.text(
                "host:port, more of them after commas",
                Pattern.compile(
                    "HOST:\\d{1,5}(,HOST:\\d{1,5})*"
                        .replace("HOST", "(\\[[0-9a-fA-F:]+\\]|[^\\s,:\\[\\]]+)"))),
            "127.0.0.1:9092",
            "Where Kafka is: a few of its brokers are enough.");
    static final Key<Integer> MOST_PACKS =
        key(
            "maxPacksPerPartitionPerBatch",
            Forms.wholeNumber(1, 10 * MANY),
            "200000",
            "The most packs that a batch takes of a partition. A backlog is worked off in pieces"
                + " that take four to eight intervals each; they are never larger than this.");

    static final Group<StreamConfig.Kafka> GROUP =
        Group.of(
            List.of(SERVERS, MOST_PACKS),
            values -> new StreamConfig.Kafka(values.get(SERVERS), values.get(MOST_PACKS)));

    private KafkaKeys() {}
  }

  private static final class InfluxKeys {
    static final Key<URI> URL =
        required(
            "url",
            Forms.address("http", "https"),
            "http://127.0.0.1:8086",
            "Where InfluxDB is; https encrypts the way there.");
    static final Key<String> DATABASE =
        required("database", Forms.text(), "fieldwatch", "The database; it exists already.");
    static final Key<String> RETENTION_POLICY =
        required(
            "retentionPolicy",
            Forms.text(),
            "main",
            "The retention policy of the database to write to; it exists already.");
    static final Key<String> USERNAME =
        optional("username", Forms.text(), "fieldwatch", "Who the job is to InfluxDB, if it asks.");
    static final Key<Path> PASSWORD_FILE =
        optional(
            "passwordFile",
            Forms.readableFile(),
            "/etc/fieldwatch/influxdb-password",
            "A file whose first line is the password; it must be readable on every machine that"
                + " runs tasks, and is read again when InfluxDB refuses the password.");

    static final Group<StreamConfig.Influx> GROUP =
        Group.of(
                List.of(URL, DATABASE, RETENTION_POLICY, USERNAME, PASSWORD_FILE),
                values ->
                    new StreamConfig.Influx(
                        values.get(URL),
                        values.get(DATABASE),
                        values.get(RETENTION_POLICY),
                        login(values)))
            .holding(
                List.of(USERNAME),
                (values, place) -> {
                  if (values.find(PASSWORD_FILE).isEmpty()) {
                    place.at(USERNAME.name()).complain("stands without a usable passwordFile");
                  }
                })
            .holding(
                List.of(PASSWORD_FILE),
                (values, place) -> {
                  if (values.find(USERNAME).isEmpty()) {
                    place.at(PASSWORD_FILE.name()).complain("stands without a username");
                  }
                });

    private InfluxKeys() {}

    private static StreamConfig.@Nullable Login login(Values values) {
      return values
          .find(USERNAME)
          .map(name -> new StreamConfig.Login(name, values.get(PASSWORD_FILE).toString()))
          .orElse(null);
    }
  }

  private static final class HdfsKeys {
    static final Key<URI> ADDRESS =
        required(
            "uri",
            Forms.address("hdfs"),
            "hdfs://127.0.0.1:8020",
            "The HDFS that keeps snapshots, checkpoint and models; no other file system has the leases"
                + " that keep a second driver out.");
    static final Key<String> ROOT =
        key(
            "root",
            Forms.text("an absolute path", Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._-]*)+")),
            "/fieldwatch",
            "The folder below which everything lies.");
    static final Key<Integer> REPLICATION =
        key("replication", Forms.wholeNumber(1, 512), "3", "How many copies of a file are kept.");

    static final Group<StreamConfig.Hdfs> GROUP =
        Group.of(
            List.of(ADDRESS, ROOT, REPLICATION),
            values ->
                new StreamConfig.Hdfs(
                    values.get(ADDRESS), values.get(ROOT), values.get(REPLICATION)));

    private HdfsKeys() {}
  }

  private static final class SparkKeys {
    static final Key<String> MASTER =
        required(
            "master",
            Forms.text(
                "one of local[N], spark://HOST:PORT, yarn, k8s://ADDRESS",
                Pattern.compile(
                    "local(\\[[^\\]]+\\])?|local-cluster\\[[^\\]]+\\]|spark://.+|yarn|k8s://.+")),
            "local[2]",
            "Where Spark runs the tasks, where spark-submit does not say it.");

    static final Group<StreamConfig.Spark> GROUP =
        Group.of(List.of(MASTER), values -> new StreamConfig.Spark(values.get(MASTER)));

    private SparkKeys() {}
  }

  private static final class WindowKeys {
    static final Form<Duration> DURATION = Forms.duration(SOON, Duration.ofDays(366));
    static final Key<Duration> LENGTH = required("length", DURATION, "5m", "How long a window is.");
    static final Key<Duration> SLIDE =
        required("slide", DURATION, "1m", "How far apart two of them begin; divides the length.");

    static final Group<WindowSpec> GROUP =
        Group.of(
                List.of(LENGTH, SLIDE),
                values -> WindowSpec.sliding(values.get(LENGTH), values.get(SLIDE)))
            .holding(List.of(LENGTH, SLIDE), WindowKeys::requireDivisor);

    private WindowKeys() {}

    private static void requireDivisor(Values values, Place place) {
      long length = values.get(LENGTH).toMillis();
      long slide = values.get(SLIDE).toMillis();
      Place at = place.at(SLIDE.name());
      if (length % slide != 0) {
        at.complain(
            "%s does not divide the length, %s"
                .formatted(Durations.show(values.get(SLIDE)), Durations.show(values.get(LENGTH))));
      } else if (length / slide > MOST_OVERLAPPING) {
        at.complain(
            "puts every reading into %d windows; at most %d are allowed"
                .formatted(length / slide, MOST_OVERLAPPING));
      }
    }
  }

  private static final class DecoderKeys {
    /** The formats by name; {@link Format} holds what each can be told. */
    enum Name {
      SENML,
      JSON
    }

    static final Key<TopicFilter> FILTER =
        required(
            "filter",
            Forms.checked("an MQTT topic filter", TopicFilter::new),
            "plant/+/press/#",
            "The MQTT topics whose messages are of the format; the first rule that matches holds.");
    static final Key<Name> FORMAT =
        required("format", Forms.oneOf(Name.class), "json", "How the messages are written.");
    static final Key<String> TIME =
        optional(
            "time",
            Forms.text(),
            Format.Json.DEFAULT.timeMember(),
            "Only json: the member that holds the time of its object's readings; `time` if this is"
                + " absent.");
    static final Key<String> SEPARATOR =
        optional(
            "separator",
            Forms.text("one of . _ -", Pattern.compile("[._-]")),
            "_",
            "Only json: what stands between the names of nested members; a point if this is"
                + " absent.");

    static final Group<DecoderRule> GROUP =
        Group.of(
                List.of(FILTER, FORMAT, TIME, SEPARATOR),
                values -> new DecoderRule(values.get(FILTER), format(values)))
            .holding(List.of(FORMAT, TIME), (values, place) -> requireJson(values, place, TIME))
            .holding(
                List.of(FORMAT, SEPARATOR),
                (values, place) -> requireJson(values, place, SEPARATOR));

    private DecoderKeys() {}

    private static void requireJson(Values values, Place place, Key<?> key) {
      if (values.get(FORMAT) != Name.JSON) {
        place.at(key.name()).complain("means nothing to this format; only json heeds it");
      }
    }

    private static Format format(Values values) {
      return switch (values.get(FORMAT)) {
        case SENML -> new Format.Senml();
        case JSON ->
            new Format.Json(
                values.find(TIME).orElse(Format.Json.DEFAULT.timeMember()),
                values.find(SEPARATOR).orElse(".").charAt(0));
      };
    }
  }

  /** The bounds of a device and of a pack, which the job keeps in two places. */
  private record Limits(Rules.Limits device, PackDecoder.Limits pack) {}

  private static final class LimitKeys {
    static final Key<Integer> SENSORS =
        key(
            "sensorsPerDevice",
            Forms.wholeNumber(1, MANY),
            "1000",
            "Different sensor names of a device; readings of more are quarantined.");
    static final Key<Integer> EPOCHS =
        key(
            "epochsPerDevice",
            Forms.wholeNumber(1, 10_000),
            "16",
            "Epochs of a device whose seqs are remembered, the latest used ones.");
    static final Key<Integer> READINGS =
        key(
            "readingsPerPack",
            Forms.wholeNumber(1, MANY),
            "10000",
            "Readings in a pack; a pack with more is quarantined.");
    static final Key<Integer> BYTES =
        key(
            "packBytes",
            Forms.wholeNumber(1, 1 << 30),
            "262144",
            "Bytes of a pack, unpacked; a larger one is quarantined.");

    static final Group<Limits> GROUP =
        Group.of(
            List.of(SENSORS, EPOCHS, READINGS, BYTES),
            values ->
                new Limits(
                    new Rules.Limits(values.get(SENSORS), values.get(EPOCHS)),
                    new PackDecoder.Limits(values.get(BYTES), values.get(READINGS))));

    private LimitKeys() {}
  }

  private static final class PulseKeys {
    static final Key<Duration> SLIDE =
        key(
            "slide",
            Forms.duration(SOON, HOUR),
            "10s",
            "How often rates, refusals, the slowest hop and the leaderboards are written out; a"
                + " multiple of batch.");
    static final Key<Duration> WINDOW =
        key(
            "window",
            Forms.duration(SOON, DAY),
            "1m",
            "What they are about, and the longer leaderboard; a multiple of slide.");
    static final Key<Duration> SHORT_WINDOW =
        key(
            "shortWindow",
            Forms.duration(SOON, DAY),
            "10s",
            "What the shorter leaderboard is about; a multiple of slide.");
    static final Key<Integer> LEADERS =
        key(
            "leaders",
            Forms.wholeNumber(1, 99),
            "25",
            "How many devices the longer leaderboard names.");
    static final Key<Integer> SHORT_LEADERS =
        key(
            "shortLeaders",
            Forms.wholeNumber(1, 99),
            "10",
            "How many devices the shorter leaderboard names.");

    static final Group<StreamConfig.Pulse> GROUP =
        Group.of(
                List.of(SLIDE, WINDOW, SHORT_WINDOW, LEADERS, SHORT_LEADERS),
                values ->
                    new StreamConfig.Pulse(
                        values.get(SLIDE),
                        values.get(WINDOW),
                        values.get(SHORT_WINDOW),
                        values.get(LEADERS),
                        values.get(SHORT_LEADERS)))
            .holding(
                List.of(SLIDE, WINDOW),
                (values, place) -> requireMultiple(values, WINDOW, SLIDE, place))
            .holding(
                List.of(SLIDE, SHORT_WINDOW),
                (values, place) -> requireMultiple(values, SHORT_WINDOW, SLIDE, place))
            .holding(
                List.of(WINDOW, SHORT_WINDOW),
                (values, place) -> {
                  if (values.get(SHORT_WINDOW).compareTo(values.get(WINDOW)) >= 0) {
                    place.at(SHORT_WINDOW.name()).complain("is not shorter than window");
                  }
                });

    private PulseKeys() {}

    private static void requireMultiple(
        Values values, Key<Duration> key, Key<Duration> unit, Place place) {
      if (!StreamConfig.isMultiple(values.get(key), values.get(unit))) {
        place
            .at(key.name())
            .complain(
                "%s is not a multiple of the %s of %s"
                    .formatted(
                        Durations.show(values.get(key)),
                        unit.name(),
                        Durations.show(values.get(unit))));
      }
    }
  }

  private static final class SensorKeys {
    static final Key<String> MATCH =
        required(
            "match",
            Forms.text(
                "site/device/sensor, with * for any characters of a name",
                Pattern.compile("[^/\\s]+/[^/\\s]+/[^/\\s]+")),
            "*/*/energy_*",
            "Which sensors.");
    static final Key<SensorKind> KIND =
        required("kind", Forms.oneOf(SensorKind.class), "counter", "What their numbers mean.");

    static final Group<SensorRule> GROUP =
        Group.of(
            List.of(MATCH, KIND), values -> new SensorRule(values.get(MATCH), values.get(KIND)));

    private SensorKeys() {}
  }

  private static final Key<StreamConfig.Kafka> KAFKA =
      section("kafka", KafkaKeys.GROUP, "Where the log is.");
  private static final Key<StreamConfig.Influx> INFLUXDB =
      section("influxdb", InfluxKeys.GROUP, "Where results go.");
  private static final Key<StreamConfig.Hdfs> HDFS =
      section("hdfs", HdfsKeys.GROUP, "Where the state is kept.");
  private static final Key<StreamConfig.Spark> SPARK =
      section("spark", SparkKeys.GROUP, "How Spark runs the job.");
  private static final Key<Duration> BATCH =
      key("batch", Forms.duration(SOON, HOUR), "500ms", "How often a batch is cut.");
  private static final Key<Duration> OPEN_WINDOW_PACE =
      key(
          "openWindowPace",
          Forms.duration(SOON, DAY),
          "1s",
          "How often open windows that changed are written out; a tenth as often while there is a"
              + " backlog, and never so often that writing them takes more than a quarter of the"
              + " time. Longer than a minute, and how fresh results are is not measured.");
  private static final Key<Duration> DEVICE_PACE =
      key(
          "devicePace",
          Forms.duration(SOON, DAY),
          "10s",
          "How often device states and ledgers are written out.");
  private static final Key<Duration> SNAPSHOT_EVERY =
      key(
          "snapshotEvery",
          Forms.duration(SOON, DAY),
          "10s",
          "How often the state is written to HDFS; a restart works off at most this much again."
              + " A state that takes longer than a quarter of it to write is written less often.");
  private static final Key<List<WindowSpec>> WINDOWS =
      key(
          "windows",
          Forms.listOf(
              Forms.shortOrMap(
                  Forms.made(WindowKeys.DURATION, WindowSpec::tumbling), WindowKeys.GROUP),
              1),
          "[10s, 1m, 15m, 1h]",
          "The windows that readings are in: a length, or a length and a slide for windows that"
              + " overlap.");
  private static final Key<Scoring> SCORES =
      key(
          "scores",
          Forms.oneOf(Scoring.class),
          "shortest",
          "Which windows are compared with their sensor's past and scored: the shortest ones that"
              + " do not overlap, or none.");
  private static final Key<Emission.Rule> ALARMS =
      key(
          "alarms",
          Forms.oneOf(Emission.Rule.class),
          "record-high",
          "Which flagged windows raise an alarm. Either way the first of an event does, which is"
              + " over after 30 windows without a flag. With record-high, and not before 30"
              + " windows have passed, so does one that is more certain than the last alarm was;"
              + " with hysteresis no other does, and the event goes on until probabilities stay"
              + " below 0.6 of the threshold.");
  private static final Key<Duration> LATENESS =
      key(
          "lateness",
          Forms.duration(Duration.ZERO, DAY),
          "5s",
          "How far a device's watermark stays behind the greatest event time it has sent.");
  private static final Key<Duration> REVISION_HORIZON =
      key(
          "revisionHorizon",
          Forms.duration(Duration.ZERO, Duration.ofDays(30)),
          "2m",
          "How far behind the watermark a closed window can still be revised; readings behind it"
              + " are late. What a device kept while it was offline is not, because the watermark"
              + " is the device's own. Windows that can be revised are kept in memory.");
  private static final Key<Duration> FUTURE_TOLERANCE =
      key(
          "futureTolerance",
          Forms.duration(Duration.ZERO, DAY),
          "5m",
          "How far ahead of its arrival a reading's time may be.");
  private static final Key<List<DecoderRule>> DECODERS =
      optional(
          "decoders",
          Forms.listOf(DecoderKeys.GROUP, 0),
          "[{filter: 'plant/+/press/#', format: json}]",
          "Formats of messages that are not agents' SenML, in the order in which they are tried.");
  private static final Key<List<SensorRule>> SENSORS =
      optional(
          "sensors",
          Forms.listOf(SensorKeys.GROUP, 0),
          "[{match: '*/*/energy_*', kind: counter}]",
          "Of what kind sensors are whose packs do not say it; the first rule that matches holds,"
              + " and a sensor without one is a gauge.");
  private static final Key<Duration> SILENT_AFTER =
      key(
          "silentAfter",
          Forms.duration(SOON, DAY),
          "60s",
          "How long a device is not heard of before it counts as silent; at least five of its"
              + " longest announced intervals.");
  private static final Key<Duration> OFFLINE_AFTER =
      key(
          "offlineAfter",
          Forms.duration(SOON, Duration.ofDays(30)),
          "15m",
          "How long a device is not heard of before it counts as offline.");
  private static final Key<Limits> LIMITS =
      section("limits", LimitKeys.GROUP, "Bounds; what is beyond one is refused and counted.");
  private static final Key<StreamConfig.Pulse> PULSE =
      section("pulse", PulseKeys.GROUP, "What is said of the last minute.");

  /** The whole file. */
  static final Group<StreamConfig> FILE =
      Group.of(
              List.of(
                  KAFKA,
                  INFLUXDB,
                  HDFS,
                  SPARK,
                  BATCH,
                  OPEN_WINDOW_PACE,
                  DEVICE_PACE,
                  SNAPSHOT_EVERY,
                  WINDOWS,
                  SCORES,
                  ALARMS,
                  LATENESS,
                  REVISION_HORIZON,
                  FUTURE_TOLERANCE,
                  DECODERS,
                  SENSORS,
                  SILENT_AFTER,
                  OFFLINE_AFTER,
                  LIMITS,
                  PULSE),
              StreamKeys::config)
          .holding(List.of(SILENT_AFTER, OFFLINE_AFTER), StreamKeys::requireSilentFirst)
          .holding(List.of(WINDOWS), StreamKeys::requireOneOfEach)
          .holding(List.of(BATCH, PULSE), StreamKeys::requireWholeBatches);

  private StreamKeys() {}

  private static StreamConfig config(Values values) {
    Limits limits = values.get(LIMITS);
    return new StreamConfig(
        values.get(KAFKA),
        values.get(INFLUXDB),
        values.get(HDFS),
        values.get(SPARK),
        values.get(BATCH),
        values.get(OPEN_WINDOW_PACE),
        values.get(DEVICE_PACE),
        values.get(SNAPSHOT_EVERY),
        new Rules(
            values.get(WINDOWS),
            values.get(SCORES),
            Emission.DEFAULT.by(values.get(ALARMS)),
            values.get(LATENESS),
            values.get(REVISION_HORIZON),
            values.get(FUTURE_TOLERANCE),
            new Rules.Silence(values.get(SILENT_AFTER), values.get(OFFLINE_AFTER)),
            values.find(SENSORS).orElse(List.of()),
            limits.device()),
        values.find(DECODERS).orElse(List.of()),
        limits.pack(),
        values.get(PULSE));
  }

  private static void requireWholeBatches(Values values, Place place) {
    Duration slide = values.get(PULSE).slide();
    if (!StreamConfig.isMultiple(slide, values.get(BATCH))) {
      place
          .at("pulse")
          .at("slide")
          .complain(
              "%s is not a multiple of the batch of %s"
                  .formatted(Durations.show(slide), Durations.show(values.get(BATCH))));
    }
  }

  private static void requireSilentFirst(Values values, Place place) {
    if (values.get(OFFLINE_AFTER).compareTo(values.get(SILENT_AFTER)) < 0) {
      place.at(OFFLINE_AFTER.name()).complain("is shorter than silentAfter");
    }
  }

  private static void requireOneOfEach(Values values, Place place) {
    List<WindowSpec> windows = values.get(WINDOWS);
    for (int i = 1; i < windows.size(); i++) {
      if (windows.subList(0, i).contains(windows.get(i))) {
        place.at("windows[%d]".formatted(i)).complain("is the same as one before it");
      }
    }
    if (windows.stream().noneMatch(WindowSpec::isTumbling)) {
      place
          .at(WINDOWS.name())
          .complain("all overlap; at least one must not, since it is scored and audited");
    }
  }
}
