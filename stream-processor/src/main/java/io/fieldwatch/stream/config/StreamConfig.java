package io.fieldwatch.stream.config;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.decode.DecoderRule;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.stream.device.Rules;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the job is told. Every record refuses nonsense, so a configuration that exists is right. It
 * holds no secrets, so it may be shown, compared and sent to executors.
 *
 * @param batch how often a batch is cut
 * @param openWindowPace how often open windows that changed are written out
 * @param devicePace how often device states and ledgers are written out
 * @param snapshotEvery how often the state is written to HDFS; a restart replays at most this much
 * @param decoders formats by topic, in the order in which they are tried
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
    List<DecoderRule> decoders,
    PackDecoder.Limits packLimits,
    Pulse pulse)
    implements Serializable {

  /**
   * Where the log is.
   *
   * @param maxPacksPerPartitionPerBatch the most that a batch takes, however soon it would be done
   */
  public record Kafka(String bootstrapServers, int maxPacksPerPartitionPerBatch)
      implements Serializable {
    public Kafka {
      requireNonNull(bootstrapServers, "bootstrapServers is null");
      if (maxPacksPerPartitionPerBatch < 1) {
        throw new IllegalArgumentException(
            "Invalid maxPacksPerPartitionPerBatch: must be 1 or more");
      }
    }
  }

  /**
   * Where results go. The database and its retention policy exist already.
   *
   * @param login null where the server asks for none
   */
  public record Influx(URI url, String database, String retentionPolicy, @Nullable Login login)
      implements Serializable {
    public Influx {
      requireNonNull(url, "url is null");
      requireNonNull(database, "database is null");
      requireNonNull(retentionPolicy, "retentionPolicy is null");
    }
  }

  /**
   * Who the job is to a server.
   *
   * @param passwordFile a file on every machine that runs tasks, whose first line is the password;
   *     only its name is ever kept or shown
   */
  public record Login(String username, String passwordFile) implements Serializable {
    public Login {
      requireNonNull(username, "username is null");
      requireNonNull(passwordFile, "passwordFile is null");
    }
  }

  /**
   * Where checkpoint, snapshots and models are.
   *
   * @param replication how many copies of a file are kept
   */
  public record Hdfs(URI uri, String root, int replication) implements Serializable {
    public Hdfs {
      requireNonNull(uri, "uri is null");
      requireNonNull(root, "root is null");
      if (replication < 1) {
        throw new IllegalArgumentException("Invalid replication: must be 1 or more");
      }
    }

    /** A path below the root, with the file system's URI. */
    public String path(String relative) {
      return uri + root + "/" + relative;
    }
  }

  /** How Spark runs it. */
  public record Spark(String master) implements Serializable {
    public Spark {
      requireNonNull(master, "master is null");
    }
  }

  /**
   * What is said of the last minute. Windows are whole slides, since only what the slides hold is
   * remembered.
   *
   * @param slide how often it is said
   * @param window what it is about; also the longer of the two leaderboards
   * @param shortWindow the shorter leaderboard
   * @param leaders how many devices the longer leaderboard names
   * @param shortLeaders how many devices the shorter leaderboard names
   */
  public record Pulse(
      Duration slide, Duration window, Duration shortWindow, int leaders, int shortLeaders)
      implements Serializable {
    public Pulse {
      requirePositive(slide, "slide");
      requireMultiple(window, "window", slide, "slide");
      requireMultiple(shortWindow, "shortWindow", slide, "slide");
      if (leaders < 1 || shortLeaders < 1) {
        throw new IllegalArgumentException("Invalid leaders: must be 1 or more");
      }
      if (shortWindow.compareTo(window) >= 0) {
        throw new IllegalArgumentException("Invalid shortWindow: must be shorter than window");
      }
    }
  }

  public StreamConfig {
    requireNonNull(kafka, "kafka is null");
    requireNonNull(influxdb, "influxdb is null");
    requireNonNull(hdfs, "hdfs is null");
    requireNonNull(spark, "spark is null");
    requireNonNull(rules, "rules is null");
    decoders = List.copyOf(decoders);
    requireNonNull(packLimits, "packLimits is null");
    requirePositive(batch, "batch");
    requirePositive(openWindowPace, "openWindowPace");
    requirePositive(devicePace, "devicePace");
    requirePositive(snapshotEvery, "snapshotEvery");
    requireNonNull(pulse, "pulse is null");
    requireMultiple(pulse.slide(), "pulse.slide", batch, "batch");
  }

  /** Whether a duration is one or more whole units long. */
  static boolean isMultiple(Duration duration, Duration unit) {
    return duration.toMillis() > 0 && duration.toMillis() % unit.toMillis() == 0;
  }

  private static void requireMultiple(
      Duration duration, String name, Duration unit, String nameOfUnit) {
    if (!isMultiple(duration, unit)) {
      throw new IllegalArgumentException(
          "Invalid %s: must be a multiple of %s".formatted(name, nameOfUnit));
    }
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("Invalid " + name + ": must be longer than 0");
    }
  }
}
