package io.fieldwatch.stream.snapshot;

import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.window.WindowSpec;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The state of one partition as a file. Big-endian:
 *
 * <table>
 *   <caption>Format 1</caption>
 *   <tr><td>int</td><td>magic, {@code FWST}</td></tr>
 *   <tr><td>int</td><td>format</td></tr>
 *   <tr><td>int, then text and long each</td><td>window lengths: name, milliseconds</td></tr>
 *   <tr><td>…</td><td>{@link PartitionState#write}</td></tr>
 *   <tr><td>long</td><td>CRC-32C of all bytes before it</td></tr>
 * </table>
 */
public final class StateFile {
  private static final int MAGIC = 0x46575354;
  private static final int FORMAT = 1;

  private StateFile() {}

  /** Writes a state; the stream is flushed and stays open. */
  public static void write(PartitionState state, OutputStream out) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(new BufferedOutputStream(out, 1 << 16), new CRC32C());
    DataOutputStream data = new DataOutputStream(checked);
    data.writeInt(MAGIC);
    data.writeInt(FORMAT);
    data.writeInt(state.lengths().size());
    for (WindowSpec length : state.lengths()) {
      data.writeUTF(length.name());
      data.writeLong(length.lengthMillis());
      data.writeLong(length.slideMillis());
    }
    state.write(data);
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }

  /**
   * Reads a state. The whole file is read and its checksum compared before anything in it is
   * believed: a damaged length would otherwise ask for any amount of memory.
   *
   * @throws IOException if the bytes are no state file, damaged, of another format, or written for
   *     other window lengths
   */
  public static PartitionState read(InputStream in, List<WindowSpec> lengths) throws IOException {
    byte[] file = in.readAllBytes();
    int contentLength = file.length - Long.BYTES;
    if (contentLength < 0 || checksum(file, contentLength) != storedChecksum(file)) {
      throw new IOException(
          "Cannot read state file: its %d bytes do not have the checksum they end with"
              .formatted(file.length));
    }
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(file, 0, contentLength));
    int magic = data.readInt();
    int format = data.readInt();
    if (magic != MAGIC || format != FORMAT) {
      throw new IOException(
          "Cannot read state file: magic %08x, format %d; expected %08x, %d"
              .formatted(magic, format, MAGIC, FORMAT));
    }
    List<WindowSpec> written = new ArrayList<>();
    for (int left = data.readInt(); left > 0; left--) {
      written.add(new WindowSpec(data.readUTF(), data.readLong(), data.readLong()));
    }
    if (!written.equals(lengths)) {
      throw new IOException(
          "Cannot read state file: it holds windows %s, configured are %s"
              .formatted(written, lengths));
    }
    return PartitionState.read(data, lengths);
  }

  private static long checksum(byte[] file, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, length);
    return checksum.getValue();
  }

  private static long storedChecksum(byte[] file) {
    return ByteBuffer.wrap(file).getLong(file.length - Long.BYTES);
  }
}
