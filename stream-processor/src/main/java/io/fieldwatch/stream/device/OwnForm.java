package io.fieldwatch.stream.device;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The states that have a binary form of their own, which is one field here. */
final class OwnForm {
  private static final int FIRST_CAPACITY = 4096;

  private OwnForm() {}

  /** Writes a state. */
  interface Writing {
    void to(DataOutput out) throws IOException;
  }

  static byte[] bytes(Writing state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_CAPACITY);
    try {
      state.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot happen in memory", e);
    }
    return bytes.toByteArray();
  }

  static DataInput input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
