package io.fieldwatch.stream.window;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A closed window in the bytes of the state file, a third of its size as objects: hundreds are kept
 * for each one that is asked for again. Immutable.
 */
final class FrozenWindow implements KeptWindow {
  private static final int FIRST_CAPACITY = 256;

  private final long startMillis;
  private final byte[] content;

  private FrozenWindow(long startMillis, byte[] content) {
    this.startMillis = startMillis;
    this.content = content;
  }

  static FrozenWindow of(Window window) {
    WireWriter out = new WireWriter(FIRST_CAPACITY);
    window.writeContent(out);
    return new FrozenWindow(window.startMillis(), out.toByteArray());
  }

  @Override
  public long startMillis() {
    return startMillis;
  }

  @Override
  public Window ownedBy(Object owner) {
    try {
      return Window.read(new WireReader(content), owner).window();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot happen to bytes that a window was written to", e);
    }
  }

  @Override
  public FrozenWindow frozen() {
    return this;
  }

  @Override
  public void write(WireWriter out, int level) {
    Window.writeLevel(out, level);
    out.raw(content);
  }
}
