package io.fieldwatch.stream.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records every batch before it runs and after it has delivered. One durable write per batch: the
 * commit of a batch travels with the intent of the next, or with {@link #settle} if none follows.
 *
 * <p>When a write fails it is unknown what of it is on the disk, so the file is given up and the
 * next write begins a new one, which says at its top where it goes on. That is also how a second
 * driver is kept out: a new file is begun only after nobody can write to the one before.
 *
 * <p>Thread safe; every call that throws an {@link IOException} blocks for HDFS.
 */
public final class Ledger implements Closeable {
  /** A file that has grown to this is followed by the next one. */
  static final int FILE_CHARACTERS = 16 << 20;

  private final Journals journals;
  private final int fileCharacters;
  private final Clock clock;

  /** What computes the results now. */
  private Entry.Release release;

  /** What is surely on the disk adds up to this. */
  private Account written;

  /** What follows it, oldest first, and will be written with the next entry that must be. */
  private final List<Entry> unwritten = new ArrayList<>();

  /** What both add up to. */
  private Account account;

  private Journals.@Nullable Journal journal;

  private int length;

  private Ledger(
      Journals journals, int fileCharacters, Account account, Entry.Release release, Clock clock) {
    this.journals = journals;
    this.fileCharacters = fileCharacters;
    this.written = account;
    this.account = account;
    this.release = release;
    this.clock = clock;
  }

  /**
   * Goes on behind the files there are, in a new one.
   *
   * @param history what those files say
   * @param position what the state stands at
   * @throws FencedException if somebody else has begun a file since the history was read
   */
  public static Ledger begin(
      Journals journals, History history, Position position, Entry.Release release, Clock clock)
      throws IOException {
    return begin(journals, FILE_CHARACTERS, history, position, release, clock);
  }

  static Ledger begin(
      Journals journals,
      int fileCharacters,
      History history,
      Position position,
      Entry.Release release,
      Clock clock)
      throws IOException {
    Account account = new Account(history.term(), history.batch(), position, Optional.empty());
    Ledger ledger = new Ledger(journals, fileCharacters, account, release, clock);
    ledger.settle();
    return ledger;
  }

  /** Number of the file that is being written, or was last. */
  public synchronized long term() {
    return account.term();
  }

  /** Behind the last batch that was committed and the last gap. */
  public synchronized Position position() {
    return account.position();
  }

  /**
   * Records what a batch is going to read, and with it what was committed before.
   *
   * @param from where the batch begins
   * @param until where it ends
   * @param model version of the model that scores it
   * @return the number of the batch
   * @throws IOException if it is not certain that it is recorded: the batch must not run
   * @throws IllegalStateException if the batch does not begin where the last one ended
   */
  public synchronized long intend(Position from, Position until, String model) throws IOException {
    release = new Entry.Release(release.application(), model);
    Entry.Intent intent =
        new Entry.Intent(account.batch() + 1, clock.instant(), release, from, until);
    account.plus(intent);
    // Not kept for a later write if this one fails, because then the batch does not run.
    write(intent);
    return intent.batch();
  }

  /**
   * A batch has delivered all its outputs. Recorded with the next write.
   *
   * @throws IllegalStateException if it is not the batch that was recorded last
   */
  public synchronized void commit(long batch, Position until) {
    add(new Entry.Commit(batch, until));
  }

  /** A snapshot is complete. Recorded with the next write. */
  public synchronized void note(long snapshot, Position position) {
    add(new Entry.Snapshot(snapshot, position));
  }

  /** Kafka no longer has what was to be read next. Recorded with the next write. */
  public synchronized void skip(int partition, long to) {
    add(new Entry.Gap(clock.instant(), partition, account.position().at(partition), to));
  }

  /** The state was split among more partitions. Recorded with the next write. */
  public synchronized void grow(Position to) {
    add(new Entry.Growth(clock.instant(), account.position(), to));
  }

  /**
   * Removes the files before one, which no snapshot needs any more.
   *
   * @param term number of the file that vouches for the oldest snapshot kept
   */
  public void forgetBefore(long term) throws IOException {
    journals.removeBefore(term);
  }

  /**
   * Makes sure that what a file says would survive a power cut. Blocks for the disks of HDFS, and
   * no other call for it.
   *
   * @throws IOException if that is not certain, or if the file is written no more
   */
  public void sync(long term) throws IOException {
    Journals.Journal open;
    synchronized (this) {
      open = journal;
    }
    if (open == null || open.term() != term) {
      throw new IOException(
          "Cannot bring batch ledger file %d to the disk: it was given up".formatted(term));
    }
    open.sync();
  }

  /** Writes what is not written yet; does nothing if that is nothing. */
  public synchronized void settle() throws IOException {
    if (journal == null || !unwritten.isEmpty()) {
      write();
    }
  }

  /** Records that the job has ended as it should, and closes the file. */
  @Override
  public synchronized void close() throws IOException {
    write(new Entry.End(clock.instant()));
    Journals.Journal open = journal;
    journal = null;
    if (open != null) {
      open.close();
    }
  }

  private void add(Entry entry) {
    account = account.plus(entry);
    unwritten.add(entry);
  }

  private void write(Entry... further) throws IOException {
    List<Entry> entries = new ArrayList<>(unwritten);
    entries.addAll(List.of(further));
    Journals.Journal open = journal;
    // Given up unless all goes well.
    journal = null;
    if (open == null) {
      written.open().ifPresent(intent -> entries.add(0, intent));
      open = journals.begin(written.term(), term -> EntryLine.of(begin(term)) + lines(entries));
      written = Account.of(begin(open.term()));
      length = 0;
    } else {
      open.append(lines(entries));
    }
    for (Entry entry : entries) {
      written = written.plus(entry);
      length += EntryLine.of(entry).length();
    }
    account = written;
    unwritten.clear();
    if (length < fileCharacters) {
      journal = open;
    } else {
      open.close();
    }
  }

  /** A batch that may be running is recorded again in the new file, for its commit to follow. */
  private Entry.Begin begin(long term) {
    long before = written.open().map(intent -> intent.batch() - 1).orElse(written.batch());
    return new Entry.Begin(term, clock.instant(), release, before, written.position());
  }

  private static String lines(List<Entry> entries) {
    StringBuilder lines = new StringBuilder();
    for (Entry entry : entries) {
      lines.append(EntryLine.of(entry));
    }
    return lines.toString();
  }
}
