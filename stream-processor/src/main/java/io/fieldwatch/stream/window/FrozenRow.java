package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closed windows of one level, ascending by start, in the bytes of the state file: a sixth of their
 * size as objects, as many are kept for each one that is asked for again. Immutable.
 *
 * <table>
 * <caption>The bytes of a window</caption>
 * <tr><td>varint</td><td>its start less that of the window before; absent for the first</td></tr>
 * <tr><td>varint</td><td>the length of what follows</td></tr>
 * <tr><td>…</td><td>{@link Window#writeContent}</td></tr>
 * </table>
 */
final class FrozenRow {
  static final FrozenRow EMPTY = new FrozenRow(new byte[0], Long.MAX_VALUE, Long.MIN_VALUE);

  private static final int FIRST_CAPACITY = 256;

  private final byte[] bytes;
  private final long firstStart;

  /** Time goes on, so most of what is looked for lies behind it. */
  private final long lastStart;

  private FrozenRow(byte[] bytes, long firstStart, long lastStart) {
    this.bytes = bytes;
    this.firstStart = firstStart;
    this.lastStart = lastStart;
  }

  /** In bytes. */
  int size() {
    return bytes.length;
  }

  /** This row with a window more, whose start it does not have. */
  FrozenRow with(Window window) {
    WireWriter content = new WireWriter(FIRST_CAPACITY);
    window.writeContent(content);
    long start = window.startMillis();
    Writer grown = new Writer(bytes.length + Writer.MOST_HEADER_BYTES + content.size());
    if (start > lastStart) {
      grown.putAll(this);
      grown.put(start, content.buffer(), 0, content.size());
      return grown.row();
    }
    Cursor all = new Cursor();
    while (all.next()) {
      if (grown.lastStart < start && start < all.start) {
        grown.put(start, content.buffer(), 0, content.size());
      }
      grown.put(all.start, bytes, all.from, all.to);
    }
    return grown.row();
  }

  /** This row without the window of a start, which it has. */
  FrozenRow without(long start) {
    Writer left = new Writer(bytes.length);
    Cursor all = new Cursor();
    while (all.next()) {
      if (all.start != start) {
        left.put(all.start, bytes, all.from, all.to);
      }
    }
    return left.row();
  }

  /** Those that start after a time. */
  FrozenRow after(long start) {
    if (start < firstStart) {
      return this;
    }
    Cursor kept = new Cursor();
    return kept.findFrom(start + 1)
        ? new FrozenRow(Arrays.copyOfRange(bytes, kept.place, bytes.length), kept.start, lastStart)
        : EMPTY;
  }

  /** The window of a level and a start, for an owner to change; null if it is not here. */
  @Nullable Window find(int level, long start, Object owner) {
    Cursor found = new Cursor();
    return found.findFrom(start) && found.start == start ? found.window(level, owner) : null;
  }

  boolean has(long start) {
    Cursor found = new Cursor();
    return found.findFrom(start) && found.start == start;
  }

  /** Hands over each window as one of an owner's own. */
  void forEach(int level, Object owner, Consumer<Window> consumer) {
    Cursor all = new Cursor();
    while (all.next()) {
      consumer.accept(all.window(level, owner));
    }
  }

  /** Writes each window as a field of its own, which {@link Window#read} reads. */
  void write(WireWriter out, int field, int level) {
    Cursor all = new Cursor();
    while (all.next()) {
      int begun = out.begin(field);
      Window.writeClosedPlace(out, level, all.start);
      out.raw(bytes, all.from, all.to);
      out.end(begun);
    }
  }

  /** Goes from window to window. */
  private final class Cursor {
    private long start = firstStart;

    /** Where the window's length stands, its content begins, and that ends. */
    private int place;

    private int from;
    private int to;

    boolean next() {
      if (to == bytes.length) {
        return false;
      }
      ByteBuffer in = ByteBuffer.wrap(bytes).position(to);
      if (to > 0) {
        start += varint(in);
      }
      place = in.position();
      int length = (int) varint(in);
      from = in.position();
      to = from + length;
      return true;
    }

    private static long varint(ByteBuffer in) {
      byte part = in.get();
      long number = part & 0x7F;
      for (int shift = 7; part < 0; shift += 7) {
        part = in.get();
        number |= (part & 0x7FL) << shift;
      }
      return number;
    }

    /** Goes to the first window that starts at a time or later; false if there is none. */
    boolean findFrom(long earliest) {
      if (earliest > lastStart) {
        return false;
      }
      while (next()) {
        if (start >= earliest) {
          return true;
        }
      }
      return false;
    }

    Window window(int level, Object owner) {
      byte[] content = Arrays.copyOfRange(bytes, from, to);
      try {
        return Window.readContent(new WireReader(content), level, start, owner);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot happen to bytes that a window was written to", e);
      }
    }
  }

  /** Puts windows one behind the other. */
  private static final class Writer {
    static final int MOST_HEADER_BYTES = 15;

    private final ByteBuffer out;
    private long firstStart = EMPTY.firstStart;
    private long lastStart = EMPTY.lastStart;

    Writer(int mostBytes) {
      this.out = ByteBuffer.allocate(mostBytes);
    }

    /** Puts the windows of a row before any other. */
    void putAll(FrozenRow row) {
      out.put(row.bytes);
      firstStart = row.firstStart;
      lastStart = row.lastStart;
    }

    void put(long start, byte[] content, int from, int to) {
      if (out.position() == 0) {
        firstStart = start;
      } else {
        putVarint(start - lastStart);
      }
      putVarint(to - from);
      out.put(content, from, to - from);
      lastStart = start;
    }

    private void putVarint(long number) {
      long rest = number;
      for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
        out.put((byte) (rest | 0x80));
      }
      out.put((byte) rest);
    }

    FrozenRow row() {
      return out.position() == 0
          ? EMPTY
          : new FrozenRow(Arrays.copyOf(out.array(), out.position()), firstStart, lastStart);
    }
  }
}
