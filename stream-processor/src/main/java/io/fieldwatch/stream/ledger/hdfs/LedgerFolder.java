package io.fieldwatch.stream.ledger.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.hdfs.HdfsSettings;
import io.fieldwatch.stream.ledger.FencedException;
import io.fieldwatch.stream.ledger.Journals;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's files below {@code ledger/} on HDFS, named by their numbers.
 *
 * <p>HDFS lets one client write to a file: the holder of its lease. Before a new file is begun, the
 * lease of the newest one is taken away, so that whoever still writes to it fails at the next
 * append; and the new one is created only if it is not there. Of two drivers one goes on.
 */
public final class LedgerFolder implements Journals {
  private static final Logger log = LoggerFactory.getLogger(LedgerFolder.class);
  private static final Pattern NUMBER = Pattern.compile("\\d{8,18}");
  private static final Duration LEASE_BOUND = Duration.ofSeconds(60);
  private static final Duration LEASE_PAUSE = Duration.ofMillis(200);

  private final URI uri;
  private final Path root;
  private final int replication;

  /** The newest file that this object has created: it is no sign of another driver. */
  private long created;

  public LedgerFolder(StreamConfig.Hdfs hdfs) {
    this.uri = hdfs.uri();
    this.root = new Path(hdfs.path("ledger"));
    this.replication = hdfs.replication();
  }

  /**
   * The texts of all files by number. Whoever still writes to one of them fails from now on; that
   * also brings the end of a file back that a DataNode had in its hands when it died.
   */
  public SortedMap<Long, String> read() throws IOException {
    SortedMap<Long, String> texts = new TreeMap<>();
    for (long number : numbers()) {
      takeLease(file(number));
      try (FSDataInputStream in = hdfs().open(file(number))) {
        texts.put(number, new String(in.readAllBytes(), UTF_8));
      }
    }
    return texts;
  }

  @Override
  public void removeBefore(long number) throws IOException {
    for (long old : numbers().headSet(number)) {
      hdfs().delete(file(old), false);
    }
  }

  @Override
  public Journal begin(long last, LongFunction<String> lines) throws IOException {
    SortedSet<Long> numbers = numbers();
    long newest = numbers.isEmpty() ? 0 : numbers.last();
    if (newest > Math.max(last, created)) {
      throw fenced(newest);
    }
    // Nobody but us has written to our own, and we have given it up.
    if (newest > created) {
      takeLease(file(newest));
    }
    long term = Math.max(newest, last) + 1;
    FSDataOutputStream out = create(term);
    created = term;
    LedgerFile file = new LedgerFile(term, out);
    file.append(lines.apply(term));
    return file;
  }

  private FSDataOutputStream create(long term) throws IOException {
    try {
      return hdfs().create(file(term), false);
    } catch (FileAlreadyExistsException e) {
      throw fenced(term);
    }
  }

  private static FencedException fenced(long term) {
    return new FencedException(
        "Cannot go on: another driver has taken over with batch ledger file %d; only one may run"
            .formatted(term));
  }

  /** Nobody can append to the file any more once this returns. */
  private void takeLease(Path file) throws IOException {
    if (hdfs().isFileClosed(file)) {
      return;
    }
    log.info("Waiting for HDFS to close a ledger file: file={}", file);
    long begin = System.nanoTime();
    while (!hdfs().recoverLease(file)) {
      if (System.nanoTime() - begin > LEASE_BOUND.toNanos()) {
        throw new IOException(
            "Cannot take over %s: HDFS has not closed it within %s".formatted(file, LEASE_BOUND));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LEASE_PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while taking over " + file);
      }
    }
  }

  private SortedSet<Long> numbers() throws IOException {
    SortedSet<Long> numbers = new TreeSet<>();
    try {
      for (FileStatus status : hdfs().listStatus(root)) {
        if (NUMBER.matcher(status.getPath().getName()).matches()) {
          numbers.add(Long.valueOf(status.getPath().getName()));
        }
      }
    } catch (FileNotFoundException e) {
      return numbers;
    }
    return numbers;
  }

  private Path file(long number) {
    return new Path(root, "%08d".formatted(number));
  }

  private DistributedFileSystem hdfs() throws IOException {
    return (DistributedFileSystem) FileSystem.get(uri, HdfsSettings.replicated(replication));
  }
}
