package io.fieldwatch.stream.job;

import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.snapshot.Snapshot;
import io.fieldwatch.stream.snapshot.SnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the state to HDFS beside the batches, on a thread of its own, one snapshot at a time.
 * While HDFS is away snapshots fail and are tried again when the next one is due; the batches go
 * on.
 *
 * <p>Also gives up the memory of states that no batch and no snapshot needs any more.
 */
final class SnapshotWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotWriter.class);

  private final SnapshotStore store;
  private final Ledger ledger;
  private final SnapshotPace pace;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "snapshot-writer");
            thread.setDaemon(true);
            return thread;
          });

  /** The ledger has no file before this one; used by one thread at a time. */
  private long oldestFile;

  /** Of the snapshot that was begun last; used by one thread at a time. */
  private long number;

  private volatile StartingPoint newest;
  private @Nullable JavaRDD<PartitionOutcome> writing;
  private boolean releasedWhileWriting;

  /**
   * @param start what the state began with
   */
  SnapshotWriter(
      SnapshotStore store, StartingPoint start, Ledger ledger, Duration every, Clock clock) {
    this.store = store;
    this.newest = start;
    this.ledger = ledger;
    this.clock = clock;
    this.pace = new SnapshotPace(every, clock.millis());
  }

  /**
   * Begins a snapshot if one is due and none is being written. Does not wait.
   *
   * @param reached what the state stands at; the ledger has the commit on HDFS already, so a
   *     snapshot that is complete is vouched for
   */
  void writeIfDue(JavaRDD<PartitionOutcome> state, Position reached) {
    long now = clock.millis();
    if (!pace.isDue(now) || !begin(state)) {
      return;
    }
    pace.begun(now);
    long term = ledger.term();
    thread.execute(
        () -> {
          try {
            write(state, reached, term);
          } catch (Exception e) {
            log.warn("Cannot write a snapshot, trying again when the next one is due", e);
          } finally {
            pace.ended(clock.millis());
            end(state);
          }
        });
  }

  /**
   * Writes a snapshot and waits for it.
   *
   * @throws IllegalStateException if it cannot be written
   */
  Snapshot writeNow(JavaRDD<PartitionOutcome> state, Position reached) {
    close();
    try {
      return write(state, reached, ledger.term());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write the last snapshot", e);
    }
  }

  /** The newest snapshot of this driver's, or else what it began with. */
  StartingPoint newest() {
    return newest;
  }

  /** A state that the batches need no more. */
  synchronized void release(JavaRDD<PartitionOutcome> state) {
    if (state == writing) {
      releasedWhileWriting = true;
    } else {
      state.unpersist(false);
    }
  }

  /** Waits for a snapshot that is being written. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
        log.warn("Cannot wait any longer for a snapshot that is being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param term number of the ledger's file that has the commit
   */
  private Snapshot write(JavaRDD<PartitionOutcome> state, Position reached, long term)
      throws IOException {
    // Tasks of a snapshot that failed may still write to its folder, so its number is not used
    // again.
    number = Math.max(number + 1, store.nextNumber(term));
    Snapshot snapshot = new Snapshot(number, reached.offsets());
    try {
      StateRdd.write(state, store, number);
      // A power cut that leaves the snapshot must leave the lines that vouch for it, too.
      ledger.sync(term);
      store.complete(snapshot);
    } catch (Exception e) {
      store.discard(number);
      throw e;
    }
    ledger.note(number, reached);
    newest = new StartingPoint(Optional.of(snapshot), reached);
    long needed = store.prune();
    if (needed > oldestFile) {
      ledger.forgetBefore(needed);
      oldestFile = needed;
    }
    return snapshot;
  }

  private synchronized boolean begin(JavaRDD<PartitionOutcome> state) {
    if (writing != null) {
      return false;
    }
    writing = state;
    return true;
  }

  private synchronized void end(JavaRDD<PartitionOutcome> state) {
    writing = null;
    if (releasedWhileWriting) {
      releasedWhileWriting = false;
      state.unpersist(false);
    }
  }
}
