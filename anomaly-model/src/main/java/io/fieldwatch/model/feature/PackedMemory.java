package io.fieldwatch.model.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A {@link Memory} in the bytes of its state's binary form, about half its size. Immutable. */
final class PackedMemory implements KeptMemory {
  private final byte[] bytes;

  private PackedMemory(byte[] bytes) {
    this.bytes = bytes;
  }

  static PackedMemory of(Memory memory) {
    SparseWriter out = new SparseWriter(Memory.MOST_BYTES);
    memory.write(out);
    return new PackedMemory(out.toByteArray());
  }

  @Override
  public Memory copy() {
    Memory memory = Memory.blank();
    memory.read(new SparseReader(bytes));
    return memory;
  }

  @Override
  public PackedMemory packed() {
    return this;
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #write} wrote. */
  static PackedMemory read(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    PackedMemory packed = new PackedMemory(bytes);
    if (!packed.isSound()) {
      throw new IOException(Memory.DAMAGED);
    }
    return packed;
  }

  private boolean isSound() {
    try {
      return copy().isSound();
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }
}
