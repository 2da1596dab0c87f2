package io.fieldwatch.stream.partition;

import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The state of one partition as a file; the format is on the page {@code
 * docs/reference/state-file.md}. A frame for the partition, one for each device, and an empty one
 * at the end. Each frame carries its length and a checksum, and is compared with it before anything
 * in it is believed. The fields in a frame are numbered, and a reader skips those it does not know:
 * so an older and a newer version of the job read each other's files of one format. Older formats
 * are read, too; newer ones are refused.
 */
public final class StateFile {
  private static final int MAGIC = 0x46575354;

  /**
   * Since 3 numbers are written shorter, since 4 fewer where they follow from others; their reader
   * takes them as 2 had them, too.
   */
  private static final int FORMAT = 4;

  private static final int OLDEST_FORMAT = 2;

  /** Far above what the bounds of a device allow; a damaged length asks for no more than this. */
  private static final int MOST_FRAME_BYTES = 1 << 30;

  private static final int CHUNK = 1 << 16;

  private StateFile() {}

  /** Writes a state; the stream is flushed and stays open. */
  public static void write(PartitionState state, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, CHUNK));
    WireWriter frame = new WireWriter();
    data.writeInt(MAGIC);
    data.writeInt(FORMAT);
    writeHeader(state, frame);
    writeFrame(frame, data);
    for (DeviceState device : state.devices()) {
      frame.clear();
      device.write(frame);
      writeFrame(frame, data);
    }
    frame.clear();
    writeFrame(frame, data);
    data.flush();
  }

  private static void writeHeader(PartitionState state, WireWriter frame) {
    frame.number(1, state.partition());
    frame.number(2, state.nextOffset());
    for (WindowSpec spec : state.tree().asked()) {
      int begun = frame.begin(3);
      frame.text(1, spec.name());
      frame.number(2, spec.lengthMillis());
      frame.number(3, spec.slideMillis());
      frame.end(begun);
    }
  }

  private static void writeFrame(WireWriter frame, DataOutputStream data) throws IOException {
    data.writeInt(frame.size());
    data.writeInt(checksum(frame.buffer(), frame.size()));
    data.write(frame.buffer(), 0, frame.size());
  }

  /**
   * Reads a state, with the windows it was written with.
   *
   * @throws IOException if the bytes are no state file, damaged, cut off, or of another format
   */
  public static PartitionState read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(new BufferedInputStream(in, CHUNK));
    try {
      int magic = data.readInt();
      int format = data.readInt();
      if (magic != MAGIC || format < OLDEST_FORMAT || format > FORMAT) {
        throw new IOException(
            "Cannot read state file: magic %08x, format %d; expected %08x, %d to %d"
                .formatted(magic, format, MAGIC, OLDEST_FORMAT, FORMAT));
      }
      return read(data);
    } catch (EOFException e) {
      throw new IOException("Cannot read state file: it is cut off", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read state file: " + e.getMessage(), e);
    }
  }

  private static PartitionState read(DataInputStream data) throws IOException {
    int partition = 0;
    long nextOffset = 0;
    List<WindowSpec> specs = new ArrayList<>();
    WireReader header = new WireReader(readFrame(data));
    while (header.next()) {
      switch (header.field()) {
        case 1 -> partition = header.count("a partition");
        case 2 -> nextOffset = header.number();
        case 3 -> specs.add(readSpec(header.message()));
        default -> header.skip();
      }
    }
    WindowTree tree = WindowTree.of(specs);
    Map<String, DeviceState> devices = new LinkedHashMap<>();
    for (byte[] frame = readFrame(data); frame.length > 0; frame = readFrame(data)) {
      DeviceState device = DeviceState.read(new WireReader(frame), tree);
      devices.put(device.id().key(), device);
    }
    return new PartitionState(WindowPlan.of(tree), partition, nextOffset, devices);
  }

  private static WindowSpec readSpec(WireReader in) throws IOException {
    String name = "";
    long length = 0;
    long slide = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> length = in.number();
        case 3 -> slide = in.number();
        default -> in.skip();
      }
    }
    return new WindowSpec(name, length, slide);
  }

  private static byte[] readFrame(DataInputStream data) throws IOException {
    int length = data.readInt();
    int expected = data.readInt();
    if (length < 0 || length > MOST_FRAME_BYTES) {
      throw new IOException("Cannot read state file: a frame of %d bytes".formatted(length));
    }
    byte[] frame = data.readNBytes(length);
    if (frame.length < length) {
      throw new EOFException();
    }
    if (checksum(frame, length) != expected) {
      throw new IOException("Cannot read state file: a frame does not have its checksum");
    }
    return frame;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
