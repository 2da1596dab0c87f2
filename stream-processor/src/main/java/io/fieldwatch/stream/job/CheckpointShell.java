package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.config.StreamConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark's own checkpoint, kept as a thin shell: it restarts the stream's timer, and nothing else
 * depends on it. State and offsets come from our snapshots, so a checkpoint that is absent, foreign
 * or stale is simply left aside.
 *
 * <p>The folder's name says which shell and Spark wrote it, and carries a fingerprint of all
 * settings that a checkpoint would otherwise bring back from the past.
 */
final class CheckpointShell {
  private static final Logger log = LoggerFactory.getLogger(CheckpointShell.class);
  private static final int SHELL_VERSION = 2;

  /** Spark makes up a batch for every interval missed; beyond this a fresh start is quicker. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(60);

  private final URI uri;
  private final Path folder;
  private final Configuration hadoop;
  private final Clock clock;

  CheckpointShell(StreamConfig config, Configuration hadoop, String sparkVersion, Clock clock) {
    this.uri = config.hdfs().uri();
    this.hadoop = hadoop;
    this.clock = clock;
    CRC32 fingerprint = new CRC32();
    fingerprint.update(config.toString().getBytes(UTF_8));
    this.folder =
        new Path(
            config
                .hdfs()
                .path(
                    "checkpoint/%d-spark-%s-%08x"
                        .formatted(SHELL_VERSION, sparkVersion, fingerprint.getValue())));
  }

  String folder() {
    return folder.toString();
  }

  /** Moves the checkpoint away, where nobody reads it but who wants to know what was in it. */
  void setAside() throws IOException {
    FileSystem hdfs = FileSystem.get(uri, hadoop);
    Path aside = folder.suffix("-set-aside");
    hdfs.delete(aside, true);
    if (hdfs.exists(folder) && !hdfs.rename(folder, aside)) {
      throw new IOException("Cannot set checkpoint %s aside as %s".formatted(folder, aside));
    }
    log.warn("Starts have failed in a row; setting Spark's checkpoint aside: folder={}", aside);
  }

  /**
   * Removes a checkpoint that is too old to be of use, and of any other Spark's log of received
   * blocks. Nothing is received here, but Spark reads the log at every start, and cannot if its
   * DataNode died while it was open. Blocks for HDFS.
   */
  void clean() throws IOException {
    FileSystem hdfs = FileSystem.get(uri, hadoop);
    if (!hdfs.exists(folder)) {
      return;
    }
    hdfs.delete(new Path(folder, "receivedBlockMetadata"), true);
    long newest = 0;
    for (FileStatus file : hdfs.listStatus(folder)) {
      newest = Math.max(newest, file.getModificationTime());
    }
    Duration age = Duration.ofMillis(clock.millis() - newest);
    if (age.compareTo(STALE_AFTER) > 0) {
      log.info("Leaving a checkpoint aside that is {} old: folder={}", age, folder);
      hdfs.delete(folder, true);
    }
  }
}
