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
 * <tr><td>long</td><td>its start</td></tr>
 * <tr><td>int</td><td>the length of what follows</td></tr>
 * <tr><td>…</td><td>{@link Window#writeContent}</td></tr>
 * </table>
 */
final class FrozenRow {
  static final FrozenRow EMPTY = new FrozenRow(new byte[0], Long.MIN_VALUE);

  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
  private static final int FIRST_CAPACITY = 256;

  private final byte[] bytes;

  /** No window starts later. Time goes on, so most of what is looked for does. */
  private final long lastStart;

  private FrozenRow(byte[] bytes, long lastStart) {
    this.bytes = bytes;
    this.lastStart = lastStart;
  }

  /** This row with a window more, whose start it does not have. */
  FrozenRow with(Window window) {
    WireWriter content = new WireWriter(FIRST_CAPACITY);
    window.writeContent(content);
    int at = placeOf(window.startMillis());
    byte[] grown = new byte[bytes.length + HEADER_BYTES + content.size()];
    ByteBuffer.wrap(grown)
        .put(bytes, 0, at)
        .putLong(window.startMillis())
        .putInt(content.size())
        .put(content.buffer(), 0, content.size())
        .put(bytes, at, bytes.length - at);
    return new FrozenRow(grown, Math.max(lastStart, window.startMillis()));
  }

  /** This row without the window of a start, which it has. */
  FrozenRow without(long start) {
    int from = placeOf(start);
    int to = placeBehind(from);
    byte[] left = new byte[bytes.length - (to - from)];
    ByteBuffer.wrap(left).put(bytes, 0, from).put(bytes, to, bytes.length - to);
    return new FrozenRow(left, lastStart);
  }

  /** Those that start after a time. */
  FrozenRow after(long start) {
    if (start >= lastStart) {
      return EMPTY;
    }
    int from = placeOf(start + 1);
    return from == 0
        ? this
        : new FrozenRow(Arrays.copyOfRange(bytes, from, bytes.length), lastStart);
  }

  /** The window of a start, for an owner to change; null if it is not here. */
  @Nullable Window find(long start, Object owner) {
    int place = placeOf(start);
    return place < bytes.length && startAt(place) == start ? windowAt(place, owner) : null;
  }

  boolean has(long start) {
    int place = placeOf(start);
    return place < bytes.length && startAt(place) == start;
  }

  /** Hands over each window as one of an owner's own. */
  void forEach(Object owner, Consumer<Window> consumer) {
    for (int place = 0; place < bytes.length; place = placeBehind(place)) {
      consumer.accept(windowAt(place, owner));
    }
  }

  /** Writes each window as a field of its own, which {@link Window#read} reads. */
  void write(WireWriter out, int field, int level) {
    for (int place = 0; place < bytes.length; place = placeBehind(place)) {
      int begun = out.begin(field);
      Window.writePlace(out, level, startAt(place));
      out.raw(bytes, place + HEADER_BYTES, placeBehind(place));
      out.end(begun);
    }
  }

  /** Where the first window is that starts at a time or later. */
  private int placeOf(long start) {
    if (start > lastStart) {
      return bytes.length;
    }
    int place = 0;
    while (place < bytes.length && startAt(place) < start) {
      place = placeBehind(place);
    }
    return place;
  }

  private int placeBehind(int place) {
    return place + HEADER_BYTES + ByteBuffer.wrap(bytes).getInt(place + Long.BYTES);
  }

  private long startAt(int place) {
    return ByteBuffer.wrap(bytes).getLong(place);
  }

  private Window windowAt(int place, Object owner) {
    byte[] content = Arrays.copyOfRange(bytes, place + HEADER_BYTES, placeBehind(place));
    try {
      return Window.readContent(new WireReader(content), startAt(place), owner);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot happen to bytes that a window was written to", e);
    }
  }
}
