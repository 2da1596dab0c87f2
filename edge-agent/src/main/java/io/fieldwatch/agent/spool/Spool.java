package io.fieldwatch.agent.spool;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.spool.Checkpoint.Cursor;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.status.DeviceStatus;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The packs of one device on their way to the broker, on disk, in order. One folder:
 *
 * <table>
 * <caption>Files</caption>
 * <tr><td>{@code 0000000001.seg} …</td><td>segments ({@link SegmentFormat}), oldest first</td></tr>
 * <tr><td>{@code checkpoint}</td><td>how far the broker has acknowledged ({@link Checkpoint})</td></tr>
 * <tr><td>{@code *.bad}</td><td>damaged segments, for a person to look at and delete</td></tr>
 * <tr><td>{@code lock}</td><td>held while a process uses the spool</td></tr>
 * </table>
 *
 * <p>What it keeps to, at every moment and over every crash:
 *
 * <ul>
 *   <li>Seqs are gapless within an epoch, and no seq names two packs.
 *   <li>A pack leaves the disk only after it was acknowledged, or dropped by the bound and counted.
 *   <li>{@code produced = acknowledged + in the spool + dropped}, per epoch ({@link #counts()}).
 * </ul>
 *
 * <p><b>Crashes.</b> An appended pack survives the death of the process at once, and a power
 * failure after the next {@link #sync()}. After a power failure, or where the newest segment is
 * damaged, packs that were already published may be missing at the end; their seqs must not be used
 * again, so a new epoch begins and what is left of the old one is still delivered under its own
 * identities. A lost checkpoint causes packs to be sent again, never to be lost.
 *
 * <p><b>Threads.</b> Safe for several. One calls {@link #append}, one {@link #read}, {@link
 * #rewind} and {@link #acknowledge}, one {@link #sync}; only the last waits for the disk, without
 * the lock. Threads that use a spool must not be interrupted: that closes the files (see {@link
 * FileChannel}).
 */
public final class Spool implements Closeable {
  private static final Logger LOG = System.getLogger(Spool.class.getName());

  private final Path folder;
  private final SpoolLimits limits;
  private final FileChannel lockFile;
  private final Checkpoint checkpoint;
  private final Deque<Segment> segments;
  private final Deque<HandedOut> handedOut = new ArrayDeque<>();
  private int damagedSegments;

  private Segment active;
  private FileChannel writer;
  private boolean appendedSinceSync;
  private Cursor cursor;
  private boolean movedSinceSync;

  /** Readings that could not be written; the next record's total takes them in. */
  private long refusedReadings;

  private @Nullable Position position;

  /** A pack that was read and not acknowledged yet. */
  private record HandedOut(Segment segment, long seq, int readings) {
    boolean is(PackId id) {
      return seq == id.seq() && segment.epoch().equals(id.epoch());
    }
  }

  /** Where {@link #read()} goes on. */
  private record Position(Segment segment, FileChannel channel, RecordReader records) {}

  private Spool(
      Path folder, SpoolLimits limits, FileChannel lockFile, BootId boot, RandomGenerator random)
      throws IOException {
    this.folder = folder;
    this.limits = limits;
    this.lockFile = lockFile;
    this.checkpoint = Checkpoint.open(folder, boot);
    Recovery recovery = Recovery.of(folder, checkpoint);
    this.segments = recovery.segments();
    this.damagedSegments = recovery.damagedSegments();
    Optional<Segment> tail = recovery.tail(checkpoint);
    if (tail.isPresent()) {
      this.active = tail.get();
      this.writer = active.openForWriting();
      writer.truncate(active.end());
    } else {
      SegmentFormat.Header header = new SegmentFormat.Header(new PackId(Epochs.next(random), 1), 0);
      this.active = new Segment(folder, recovery.lastNumber() + 1, header);
      this.writer = create(active, header);
      segments.addLast(active);
    }
    this.cursor = recovery.cursor().orElse(new Cursor(active.epoch(), 0, 0, 0));
    checkpoint.writeDurably(cursor);
    discardAcknowledged();
  }

  /**
   * Opens a device's spool, or creates it, and recovers what an earlier process left.
   *
   * @param folder where its files are; nobody else may write there
   * @param boot identity of this run of the operating system
   * @param random source of the epoch's name
   * @throws IOException if the folder cannot be used, or another process uses it. Damaged content
   *     is no reason
   */
  public static Spool open(Path folder, SpoolLimits limits, BootId boot, RandomGenerator random)
      throws IOException {
    requireNonNull(limits, "limits is null");
    Files.createDirectories(folder);
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock(lockFile, folder);
      return new Spool(folder, limits, lockFile, boot, random);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static void lock(FileChannel lockFile, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("Cannot use spool '" + folder + "': another agent uses it");
    }
  }

  /** The epoch in which packs are appended now. Does not change while the spool is open. */
  public synchronized String epoch() {
    return active.epoch();
  }

  /** The identity that the next appended pack will have. */
  public synchronized PackId nextId() {
    return active.nextId();
  }

  /** Segments found damaged since the spool was opened. */
  public synchronized int damagedSegments() {
    return damagedSegments;
  }

  /**
   * Stores a pack. When it returns, the pack survives the death of this process. Where the bound is
   * reached, the oldest segment is dropped first.
   *
   * @param readings how many readings the pack holds
   * @return the pack's identity
   * @throws IOException if the disk refused it; its seq is not used, and its readings count as
   *     produced and dropped
   */
  public synchronized PackId append(int readings, PackEncoder encoder) throws IOException {
    PackId id = active.nextId();
    byte[] payload = encoder.encode(id);
    long produced = active.produced() + refusedReadings + readings;
    ByteBuffer record = SegmentFormat.encode(id.seq(), produced, readings, payload);
    int size = record.remaining();
    try {
      makeRoom(size);
      write(record);
    } catch (IOException e) {
      refusedReadings += readings;
      throw new IOException(
          "Cannot append pack %d to spool '%s': %s".formatted(id.seq(), folder, e.getMessage()), e);
    }
    active.appended(size, produced, readings);
    refusedReadings = 0;
    appendedSinceSync = true;
    return id;
  }

  private void write(ByteBuffer record) throws IOException {
    long start = active.end();
    try {
      while (record.hasRemaining()) {
        writer.write(record, start + record.position());
      }
    } catch (IOException e) {
      writer.truncate(start);
      throw e;
    }
  }

  private void makeRoom(int size) throws IOException {
    if (active.end() + size > limits.segmentBytes() && !active.isEmpty()) {
      roll();
    }
    while (bytes() + size > limits.maxBytes() && segments.size() > 1) {
      dropOldest();
    }
  }

  private long bytes() {
    long sum = 0;
    for (Segment segment : segments) {
      sum += segment.end();
    }
    return sum;
  }

  private void roll() throws IOException {
    writer.force(false);
    SegmentFormat.Header header = new SegmentFormat.Header(active.nextId(), active.produced());
    Segment next = new Segment(folder, active.number() + 1, header);
    FileChannel nextWriter = create(next, header);
    writer.close();
    writer = nextWriter;
    active = next;
    segments.addLast(next);
    discardAcknowledged();
  }

  /** Creates the file under another name first: a segment without a header never exists. */
  private FileChannel create(Segment segment, SegmentFormat.Header header) throws IOException {
    Path unfinished = folder.resolve("segment.new");
    FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    ByteBuffer bytes = SegmentFormat.encode(header);
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    channel.force(true);
    Files.move(unfinished, segment.file(), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return channel;
  }

  /**
   * Drops by the rule: the oldest segment whole. Packs of it that were on their way to the broker
   * may have arrived all the same; they are counted as dropped because nobody knows.
   */
  private void dropOldest() throws IOException {
    Segment oldest = segments.getFirst();
    // On disk before the packs are gone: a crash in between must not count them twice or never.
    Cursor behind = cursorBehind(oldest);
    checkpoint.writeDurably(behind);
    cursor = behind;
    segments.removeFirst();
    if (position != null && position.segment() == oldest) {
      position.channel().close();
      position = null;
    }
    handedOut.removeIf(pack -> pack.segment() == oldest);
    oldest.discard();
    if (oldest.pendingPacks() > 0) {
      logDropped(oldest);
    }
  }

  private void logDropped(Segment oldest) {
    LOG.log(
        Level.WARNING,
        "Spool is full, oldest packs are dropped: spool={0} epoch={1} packs={2} readings={3}"
            + " throughSeq={4}",
        folder,
        oldest.epoch(),
        oldest.pendingPacks(),
        oldest.pendingReadings(),
        Long.toString(oldest.nextSeq() - 1));
  }

  /**
   * The next pack in order that was not read since the last {@link #rewind()}; empty if there is
   * none. A pack stays on disk until it is acknowledged.
   *
   * @throws IOException if the disk cannot be read. Unreadable content is passed over, counted as
   *     dropped and kept as {@code .bad}
   */
  public synchronized Optional<SpooledPack> read() throws IOException {
    while (true) {
      Position here = position();
      switch (here.records().advance(here.segment().end())) {
        case RECORD -> {
          if (isPending(here)) {
            return Optional.of(handOut(here));
          }
        }
        case END -> {
          if (here.segment() == active) {
            return Optional.empty();
          }
          moveToNextSegment(here);
        }
        case TORN, DAMAGED -> giveUpRest(here);
      }
    }
  }

  private Position position() throws IOException {
    Position here = position;
    if (here == null) {
      here = positionAtStartOf(segments.getFirst());
      position = here;
    }
    return here;
  }

  private static Position positionAtStartOf(Segment segment) throws IOException {
    FileChannel channel = segment.openForReading();
    return new Position(segment, channel, new RecordReader(channel, SegmentFormat.HEADER_BYTES));
  }

  private boolean isPending(Position here) {
    return !here.segment().epoch().equals(cursor.epoch()) || here.records().seq() > cursor.seq();
  }

  private SpooledPack handOut(Position here) {
    RecordReader record = here.records();
    handedOut.addLast(new HandedOut(here.segment(), record.seq(), record.readings()));
    PackId id = new PackId(here.segment().epoch(), record.seq());
    return new SpooledPack(id, record.readings(), record.payload());
  }

  private void moveToNextSegment(Position here) throws IOException {
    here.channel().close();
    position = null;
    Iterator<Segment> all = segments.iterator();
    while (all.hasNext()) {
      if (all.next() == here.segment()) {
        position = positionAtStartOf(all.next());
        break;
      }
    }
    discardAcknowledged();
  }

  private void giveUpRest(Position here) throws IOException {
    Segment segment = here.segment();
    damagedSegments++;
    LOG.log(
        Level.WARNING,
        "Segment is damaged, its rest is given up: segment={0} offset={1}",
        segment.file(),
        Long.toString(here.records().position()));
    if (segment == active) {
      roll();
    }
    // Reading began at or before the first pending pack, so what is left of them is handed out.
    long packsLeft = 0;
    long readingsLeft = 0;
    for (HandedOut pack : handedOut) {
      if (pack.segment() == segment) {
        packsLeft++;
        readingsLeft += pack.readings();
      }
    }
    segment.cutAt(here.records().position(), packsLeft, readingsLeft);
  }

  /** Reading starts again behind the last acknowledged pack: the connection was lost. */
  public synchronized void rewind() throws IOException {
    handedOut.clear();
    if (position != null) {
      position.channel().close();
      position = null;
    }
  }

  /**
   * The broker has this pack and all that were read before it. Identities that were not read since
   * the last {@link #rewind()} are ignored: their answer came too late to count.
   */
  public synchronized void acknowledge(PackId id) throws IOException {
    if (handedOut.stream().noneMatch(pack -> pack.is(id))) {
      return;
    }
    boolean reached = false;
    while (!reached) {
      HandedOut pack = handedOut.removeFirst();
      reached = pack.is(id);
      pack.segment().acknowledged(pack.readings());
      cursor = cursor.acknowledge(pack.segment().epoch(), pack.seq(), pack.readings());
    }
    movedSinceSync = true;
    discardAcknowledged();
  }

  private void discardAcknowledged() throws IOException {
    while (isFinished(segments.getFirst())) {
      Segment finished = segments.removeFirst();
      cursor = cursorBehind(finished);
      checkpoint.write(cursor);
      finished.discard();
    }
  }

  /** The cursor once the oldest segment is gone. It may be beyond that segment's epoch already. */
  private Cursor cursorBehind(Segment oldest) {
    boolean isBeyond = !cursor.epoch().equals(oldest.epoch()) && oldest.pendingPacks() == 0;
    return isBeyond ? cursor : cursor.skipTo(oldest.epoch(), oldest.nextSeq() - 1);
  }

  private boolean isFinished(Segment segment) {
    boolean isBeingRead = position != null && position.segment() == segment;
    return segment != active && segment.pendingPacks() == 0 && !isBeingRead;
  }

  /** Whether more than half of the bound is used. */
  public synchronized boolean isHalfFull() {
    return bytes() > limits.maxBytes() / 2;
  }

  /** Whether packs wait that are not acknowledged, of any epoch. */
  public synchronized boolean hasPending() {
    return segments.stream().anyMatch(segment -> segment.pendingPacks() > 0);
  }

  /** The account of the current epoch; its four sides are taken at one moment. */
  public synchronized DeviceStatus.Counts counts() {
    String epoch = active.epoch();
    long packs = 0;
    long readings = 0;
    for (Segment segment : segments) {
      if (segment.epoch().equals(epoch)) {
        packs += segment.pendingPacks();
        readings += segment.pendingReadings();
      }
    }
    boolean cursorIsHere = cursor.epoch().equals(epoch);
    long acknowledgedReadings = cursorIsHere ? cursor.readings() : 0;
    long produced = active.produced() + refusedReadings;
    return new DeviceStatus.Counts(
        produced,
        active.nextSeq() - 1,
        cursorIsHere ? cursor.packs() : 0,
        acknowledgedReadings,
        produced - acknowledgedReadings - readings,
        packs,
        readings);
  }

  /**
   * Brings to the disk what was appended since the last call, and to the operating system how far
   * the broker has acknowledged. Called every second or so by a thread of its own: it waits for the
   * disk.
   */
  public void sync() throws IOException {
    FileChannel unsynced = takeUnsynced();
    if (unsynced != null) {
      try {
        unsynced.force(false);
      } catch (ClosedChannelException e) {
        // The segment was full meanwhile: rolling has synced and closed it.
        LOG.log(Level.TRACE, "Segment was synced by rolling", e);
      }
    }
  }

  private synchronized @Nullable FileChannel takeUnsynced() throws IOException {
    if (movedSinceSync) {
      checkpoint.write(cursor);
      movedSinceSync = false;
    }
    FileChannel unsynced = appendedSinceSync ? writer : null;
    appendedSinceSync = false;
    return unsynced;
  }

  /** Syncs and notes that nothing can be missing. Packs that are not acknowledged stay. */
  @Override
  public synchronized void close() throws IOException {
    try (lockFile;
        checkpoint;
        FileChannel last = writer) {
      rewind();
      last.force(false);
      checkpoint.writeClosed(cursor);
    }
  }
}
