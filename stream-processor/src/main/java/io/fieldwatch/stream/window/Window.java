package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One window of one sensor. Not thread safe.
 *
 * <p>Belongs to the run that made it, named by an owner token; another run asks for {@link
 * #ownedBy} and gets a copy. So a state that was handed over is never changed, and a run touches
 * each window once with a copy and then in place.
 *
 * <p>Holds what has been merged into it. Until it is <em>passed on</em>, which happens at the
 * latest when it is closed, the longer windows do not contain it; from then on whatever is added to
 * it is added to them too.
 */
public final class Window {
  private static final int CLOSED = 1;
  private static final int PASSED_ON = 2;
  private static final int FIRST_CAPACITY = 256;
  private static final byte[] NOT_PACKED = {};

  private final Object owner;
  private final int level;
  private final long startMillis;

  /** Null as long as it is packed. */
  private @Nullable Aggregate aggregate;

  /** The aggregate as the state file has it, as long as it is packed; never changed in place. */
  private byte[] packed = NOT_PACKED;

  private boolean closed;
  private boolean passedOn;
  private Corrections corrections = Corrections.NONE;

  /**
   * Changed since it was last written out. Not part of a snapshot: a recovered window is written.
   */
  private boolean unpublished = true;

  /** Its place among what the run that owns it is going to hand over; -1 if it has none. */
  private int outputPlace = -1;

  Window(Object owner, int level, long startMillis) {
    this(owner, level, startMillis, new Aggregate());
  }

  private Window(Object owner, int level, long startMillis, @Nullable Aggregate aggregate) {
    this.owner = owner;
    this.level = level;
    this.startMillis = startMillis;
    this.aggregate = aggregate;
  }

  /** This window if the owner made it, else a copy that belongs to the owner. */
  Window ownedBy(Object newOwner) {
    return owner == newOwner ? this : copy(newOwner);
  }

  /** This window, or a smaller copy of it, for as long as nothing is merged into it. */
  Window packed() {
    if (aggregate == null) {
      return this;
    }
    Window copy = copy(owner, level, null);
    WireWriter out = new WireWriter(FIRST_CAPACITY);
    aggregate.write(out, startMillis);
    copy.packed = out.toByteArray();
    return copy;
  }

  /** This window in a tree that has its level elsewhere. */
  Window movedTo(int newLevel) {
    return copy(owner, newLevel, aggregate);
  }

  private Window copy(Object newOwner) {
    return copy(newOwner, level, aggregate == null ? null : aggregate.copy());
  }

  private Window copy(Object newOwner, int newLevel, @Nullable Aggregate newAggregate) {
    Window copy = new Window(newOwner, newLevel, startMillis, newAggregate);
    copy.packed = packed;
    copy.closed = closed;
    copy.passedOn = passedOn;
    copy.corrections = corrections;
    copy.unpublished = unpublished;
    return copy;
  }

  int level() {
    return level;
  }

  public long startMillis() {
    return startMillis;
  }

  /** What is in this window; not to be changed. */
  public Aggregate aggregate() {
    return aggregate == null ? unpacked() : aggregate;
  }

  /** What is in this window, for the caller to change. */
  Aggregate copyOfAggregate() {
    return aggregate == null ? unpacked() : aggregate.copy();
  }

  boolean isPacked() {
    return aggregate == null;
  }

  private Aggregate unpacked() {
    try {
      return Aggregate.read(new WireReader(packed), startMillis);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot happen to bytes that an aggregate was packed to", e);
    }
  }

  private Aggregate atHand() {
    if (aggregate == null) {
      aggregate = unpacked();
      packed = NOT_PACKED;
    }
    return aggregate;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isPassedOn() {
    return passedOn;
  }

  boolean isUnpublished() {
    return unpublished;
  }

  int revision() {
    return corrections.revision();
  }

  long late() {
    return corrections.late();
  }

  long duplicate() {
    return corrections.duplicate();
  }

  void add(SensorKind kind, long timeMillis, double value) {
    atHand().add(kind, timeMillis, value);
    unpublished = true;
  }

  /** Takes in what could be seen through this window before. */
  void merge(SensorKind kind, Aggregate part) {
    atHand().merge(kind, part);
  }

  /** Readings that were merged or added came when the window was over. */
  void countLate(long readings) {
    corrections = corrections.withLate(readings);
  }

  /** A reading of a pack that had come before lies in this window. */
  void countDuplicate() {
    corrections = corrections.withDuplicate();
    unpublished = true;
  }

  /** The watermark has passed the window's end: further readings are revisions. */
  void close() {
    closed = true;
    unpublished = true;
  }

  void passOn() {
    passedOn = true;
  }

  /** A pack has changed this closed window. Counted per pack, so that it follows the log. */
  public void revise() {
    corrections = corrections.withRevision();
    unpublished = true;
  }

  void markUnpublished() {
    unpublished = true;
  }

  /**
   * For the run that owns this window.
   *
   * @return its place among what the run is going to hand over, -1 if it has none yet
   */
  public int outputPlace() {
    return outputPlace;
  }

  public void placeInOutput(int place) {
    outputPlace = place;
  }

  /** The window has been handed to the output. */
  public void markPublished() {
    unpublished = false;
    outputPlace = -1;
  }

  /** Writes what {@link #read} reads. */
  void write(WireWriter out) {
    writePlace(out, level, startMillis, (closed ? CLOSED : 0) | (passedOn ? PASSED_ON : 0));
    writeContent(out);
  }

  /** Writes of which closed window the content is. */
  static void writeClosedPlace(WireWriter out, int level, long startMillis) {
    writePlace(out, level, startMillis, CLOSED | PASSED_ON);
  }

  private static void writePlace(WireWriter out, int level, long startMillis, int flags) {
    out.number(1, level);
    out.signed(2, startMillis);
    out.number(3, flags);
  }

  /** Writes all that {@link #writeClosedPlace} does not of a closed window. */
  void writeContent(WireWriter out) {
    out.number(4, corrections.revision());
    out.number(5, corrections.late());
    out.number(6, corrections.duplicate());
    if (aggregate == null) {
      out.bytes(7, packed);
    } else {
      int begun = out.begin(7);
      aggregate.write(out, startMillis);
      out.end(begun);
    }
  }

  /**
   * Reads what {@link #write} wrote, as a window that nobody else has.
   *
   * @param levels of the tree it was written for
   */
  static Window read(WireReader in, int levels, Object owner) throws IOException {
    return read(in, levels, 0, 0, owner);
  }

  /** Reads what {@link #writeContent} wrote of the closed window that starts at a time. */
  static Window readContent(WireReader in, int level, long startMillis, Object owner)
      throws IOException {
    Window window = read(in, level + 1, level, startMillis, owner);
    window.closed = true;
    window.passedOn = true;
    return window;
  }

  private static Window read(
      WireReader in, int levels, int knownLevel, long startMillis, Object owner)
      throws IOException {
    int level = knownLevel;
    long start = startMillis;
    long flags = 0;
    int revision = 0;
    long late = 0;
    long duplicate = 0;
    Aggregate aggregate = new Aggregate();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> level = in.count("a level");
        case 2 -> start = in.signed();
        case 3 -> flags = in.number();
        case 4 -> revision = in.count("a revision");
        case 5 -> late = in.number();
        case 6 -> duplicate = in.number();
        case 7 -> aggregate = Aggregate.read(in.message(), start);
        default -> in.skip();
      }
    }
    if (level >= levels) {
      throw new IOException("Cannot read state: there is no window level " + level);
    }
    Window window = new Window(owner, level, start, aggregate);
    window.closed = (flags & CLOSED) != 0;
    window.passedOn = (flags & PASSED_ON) != 0;
    window.corrections = Corrections.of(revision, late, duplicate);
    return window;
  }
}
