package io.fieldwatch.benchmark.kafkastreams;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Makes serdes of state that writes itself. */
final class StateSerde {
  private static final int FIRST_CAPACITY = 512;

  private StateSerde() {}

  /** Writes a value. */
  interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }

  /** Reads what a {@link Writer} wrote. */
  interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  static <T> Serde<T> of(Writer<T> writer, Reader<T> reader) {
    return Serdes.serdeFrom(serializer(writer), deserializer(reader));
  }

  private static <T> Serializer<T> serializer(Writer<T> writer) {
    return (topic, value) -> value == null ? null : bytes(writer, value);
  }

  private static <T> byte[] bytes(Writer<T> writer, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_CAPACITY);
    try {
      writer.write(value, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write state", e);
    }
    return bytes.toByteArray();
  }

  private static <T> Deserializer<@Nullable T> deserializer(Reader<T> reader) {
    return (topic, bytes) -> bytes == null ? null : value(reader, bytes);
  }

  private static <T> T value(Reader<T> reader, byte[] bytes) {
    try {
      return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read state", e);
    }
  }
}
