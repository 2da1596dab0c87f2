package io.fieldwatch.stream.partition;

import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.window.WindowSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of every device of one Kafka partition after all records before an offset. Never
 * changed once made: {@link PartitionRun} makes the next one.
 */
public final class PartitionState implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<WindowSpec> lengths;
  private final int partition;
  private final long nextOffset;
  private final Map<String, DeviceState> devices;

  PartitionState(
      List<WindowSpec> lengths, int partition, long nextOffset, Map<String, DeviceState> devices) {
    this.lengths = lengths;
    this.partition = partition;
    this.nextOffset = nextOffset;
    this.devices = devices;
  }

  /** The state before the first record, which is at an offset. */
  public static PartitionState empty(List<WindowSpec> lengths, int partition, long firstOffset) {
    return new PartitionState(List.copyOf(lengths), partition, firstOffset, Map.of());
  }

  /** The window lengths that the devices' windows have, shortest first. */
  public List<WindowSpec> lengths() {
    return lengths;
  }

  public int partition() {
    return partition;
  }

  /** The offset of the first record that is not in this state. */
  public long nextOffset() {
    return nextOffset;
  }

  public Collection<DeviceState> devices() {
    return Collections.unmodifiableCollection(devices.values());
  }

  Map<String, DeviceState> copyOfDevices() {
    return new LinkedHashMap<>(devices);
  }

  /** Writes what {@link #read} reads, in the order in which the devices were first seen. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(partition);
    out.writeLong(nextOffset);
    out.writeInt(devices.size());
    for (DeviceState device : devices.values()) {
      device.write(out);
    }
  }

  /** Reads what {@link #write} wrote with the same window lengths. */
  public static PartitionState read(DataInput in, List<WindowSpec> lengths) throws IOException {
    int partition = in.readInt();
    long nextOffset = in.readLong();
    Map<String, DeviceState> devices = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      DeviceState device = DeviceState.read(in, lengths);
      devices.put(device.id().key(), device);
    }
    return new PartitionState(List.copyOf(lengths), partition, nextOffset, devices);
  }

  /** Spark moves a state to disk or to another process in the form of its own file. */
  private Object writeReplace() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new DataOutputStream(bytes));
    return new Serialized(new ArrayList<>(lengths), bytes.toByteArray());
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared, and gone once it was read.
  private record Serialized(ArrayList<WindowSpec> lengths, byte[] bytes) implements Serializable {
    private Object readResolve() throws IOException {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)), lengths);
    }
  }
}
