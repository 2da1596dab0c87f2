package io.fieldwatch.stream.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.window.WindowSpec;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the job is told. Every record refuses nonsense, so a configuration that exists is right.
 *
 * @param batch how often a batch is cut
 * @param openWindowPace how often open windows that changed are written out
 * @param devicePace how often device states and ledgers are written out
 * @param snapshotEvery how often the state is written to HDFS; a restart replays at most this much
 */
public record StreamConfig(
    Kafka kafka,
    Influx influxdb,
    Hdfs hdfs,
    Spark spark,
    Duration batch,
    Duration openWindowPace,
    Duration devicePace,
    Duration snapshotEvery,
    Rules rules,
    PackDecoder.Limits packLimits)
    implements Serializable {

  /**
   * Where the log is.
   *
   * @param maxPacksPerPartitionPerBatch the most that a batch takes, so that a backlog is worked
   *     off in pieces
   */
  public record Kafka(String bootstrapServers, int maxPacksPerPartitionPerBatch)
      implements Serializable {
    @JsonCreator
    static Kafka of(
        @JsonProperty(value = "bootstrapServers", required = true) String bootstrapServers,
        @JsonProperty("maxPacksPerPartitionPerBatch")
            @Nullable Integer maxPacksPerPartitionPerBatch) {
      return new Kafka(bootstrapServers, orElse(maxPacksPerPartitionPerBatch, 20_000));
    }

    public Kafka {
      requireNonNull(bootstrapServers, "kafka.bootstrapServers is missing");
      if (maxPacksPerPartitionPerBatch < 1) {
        throw new IllegalArgumentException(
            "Invalid kafka.maxPacksPerPartitionPerBatch: must be 1 or more");
      }
    }
  }

  /** Where results go. The database and its retention policy exist already. */
  public record Influx(URI url, String database, String retentionPolicy) implements Serializable {
    @JsonCreator
    public Influx(
        @JsonProperty(value = "url", required = true) URI url,
        @JsonProperty(value = "database", required = true) String database,
        @JsonProperty(value = "retentionPolicy", required = true) String retentionPolicy) {
      this.url = requireNonNull(url, "influxdb.url is missing");
      this.database = requireNonNull(database, "influxdb.database is missing");
      this.retentionPolicy = requireNonNull(retentionPolicy, "influxdb.retentionPolicy is missing");
    }
  }

  /**
   * Where checkpoint, snapshots and models are.
   *
   * @param replication how many copies of a file are kept
   */
  public record Hdfs(URI uri, String root, int replication) implements Serializable {
    @JsonCreator
    static Hdfs of(
        @JsonProperty(value = "uri", required = true) URI uri,
        @JsonProperty("root") @Nullable String root,
        @JsonProperty("replication") @Nullable Integer replication) {
      return new Hdfs(uri, orElse(root, "/fieldwatch"), orElse(replication, 3));
    }

    public Hdfs {
      requireNonNull(uri, "hdfs.uri is missing");
      requireNonNull(root, "hdfs.root is missing");
      if (replication < 1) {
        throw new IllegalArgumentException("Invalid hdfs.replication: must be 1 or more");
      }
    }

    /** A path below the root, with the file system's URI. */
    public String path(String relative) {
      return uri + root + "/" + relative;
    }
  }

  /** How Spark runs it. */
  public record Spark(String master) implements Serializable {
    @JsonCreator
    public Spark(@JsonProperty(value = "master", required = true) String master) {
      this.master = requireNonNull(master, "spark.master is missing");
    }
  }

  /** The bounds of {@link Rules.Limits} and {@link PackDecoder.Limits} in one place. */
  record Limits(
      @Nullable Integer sensorsPerDevice,
      @Nullable Integer epochsPerDevice,
      @Nullable Integer readingsPerPack,
      @Nullable Integer packBytes) {
    static final Limits DEFAULT = new Limits(null, null, null, null);
  }

  @JsonCreator
  static StreamConfig of(
      @JsonProperty(value = "kafka", required = true) Kafka kafka,
      @JsonProperty(value = "influxdb", required = true) Influx influxdb,
      @JsonProperty(value = "hdfs", required = true) Hdfs hdfs,
      @JsonProperty(value = "spark", required = true) Spark spark,
      @JsonProperty("batch") @Nullable Duration batch,
      @JsonProperty("openWindowPace") @Nullable Duration openWindowPace,
      @JsonProperty("devicePace") @Nullable Duration devicePace,
      @JsonProperty("snapshotEvery") @Nullable Duration snapshotEvery,
      @JsonProperty("windows") @Nullable List<Duration> windows,
      @JsonProperty("lateness") @Nullable Duration lateness,
      @JsonProperty("revisionHorizon") @Nullable Duration revisionHorizon,
      @JsonProperty("futureTolerance") @Nullable Duration futureTolerance,
      @JsonProperty("limits") @Nullable Limits limits) {
    Limits bounds = orElse(limits, Limits.DEFAULT);
    List<Duration> lengths =
        orElse(windows, List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)));
    return new StreamConfig(
        kafka,
        influxdb,
        hdfs,
        spark,
        orElse(batch, Duration.ofMillis(500)),
        orElse(openWindowPace, Duration.ofSeconds(1)),
        orElse(devicePace, Duration.ofSeconds(10)),
        orElse(snapshotEvery, Duration.ofSeconds(10)),
        new Rules(
            lengths.stream().map(WindowSpec::tumbling).toList(),
            orElse(lateness, Duration.ofSeconds(5)),
            orElse(revisionHorizon, Duration.ofHours(1)),
            orElse(futureTolerance, Duration.ofMinutes(5)),
            new Rules.Limits(
                orElse(bounds.sensorsPerDevice(), 1000), orElse(bounds.epochsPerDevice(), 16))),
        new PackDecoder.Limits(
            orElse(bounds.packBytes(), PackDecoder.Limits.DEFAULT.maxBytes()),
            orElse(bounds.readingsPerPack(), PackDecoder.Limits.DEFAULT.maxReadings())));
  }

  public StreamConfig {
    requireNonNull(kafka, "kafka is missing");
    requireNonNull(influxdb, "influxdb is missing");
    requireNonNull(hdfs, "hdfs is missing");
    requireNonNull(spark, "spark is missing");
    requirePositive(batch, "batch");
    requirePositive(openWindowPace, "openWindowPace");
    requirePositive(devicePace, "devicePace");
    requirePositive(snapshotEvery, "snapshotEvery");
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("Invalid " + name + ": must be longer than 0");
    }
  }

  private static <T> T orElse(@Nullable T value, T byDefault) {
    return Optional.ofNullable(value).orElse(byDefault);
  }
}
