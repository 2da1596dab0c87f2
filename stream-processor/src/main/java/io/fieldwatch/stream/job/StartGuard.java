package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.config.StreamConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link Starts} in the file {@code starts} on HDFS. Used by the driver's main thread; every
 * call blocks for HDFS. A crash while it writes loses the count, and no more.
 */
final class StartGuard {
  private static final Logger log = LoggerFactory.getLogger(StartGuard.class);

  private final URI uri;
  private final Path file;
  private final Configuration hadoop;
  private final Clock clock;
  private Starts starts = Starts.parse("");

  StartGuard(StreamConfig.Hdfs hdfs, Configuration hadoop, Clock clock) {
    this.uri = hdfs.uri();
    this.file = new Path(hdfs.path("starts"));
    this.hadoop = hadoop;
    this.clock = clock;
  }

  /**
   * Counts this start.
   *
   * @return whether to leave Spark's checkpoint aside
   * @throws IllegalStateException if the job keeps failing without it, too
   */
  boolean begin() throws IOException {
    Instant now = clock.instant();
    Starts before = read().since(now);
    if (before.areHopeless()) {
      throw new IllegalStateException(
          ("Cannot start: it has failed again and again, at last without Spark's checkpoint. Read in"
                  + " this log why; when that is mended, remove %s or wait %d seconds")
              .formatted(file, Starts.WINDOW.toSeconds()));
    }
    starts = before.plus(now);
    write();
    return before.distrustCheckpoint();
  }

  /** The job has done what it was told; its start counts no more, nor do those before it. */
  void endedWell() throws IOException {
    fileSystem().delete(file, false);
  }

  /** The job has failed. Best effort: HDFS may be the reason. */
  void failed(Starts.End how) {
    try {
      starts = starts.ended(how);
      write();
    } catch (IOException e) {
      log.warn("Cannot record that this start has failed: file={}", file, e);
    }
  }

  private Starts read() throws IOException {
    try (FSDataInputStream in = fileSystem().open(file)) {
      return Starts.parse(new String(in.readAllBytes(), UTF_8));
    } catch (FileNotFoundException e) {
      return Starts.parse("");
    }
  }

  private void write() throws IOException {
    try (FSDataOutputStream out = fileSystem().create(file, true)) {
      out.write(starts.text().getBytes(UTF_8));
    }
  }

  private FileSystem fileSystem() throws IOException {
    return FileSystem.get(uri, hadoop);
  }
}
