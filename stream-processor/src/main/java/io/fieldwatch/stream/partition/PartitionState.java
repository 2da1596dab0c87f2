package io.fieldwatch.stream.partition;

import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The state of every device of one Kafka partition after all records before an offset. Never
 * changed once made: {@link PartitionRun} makes the next one.
 */
public final class PartitionState implements Serializable {
  private static final long serialVersionUID = 2;

  private final transient WindowPlan plan;
  private final int partition;
  private final long nextOffset;
  private final transient Map<String, DeviceState> devices;

  PartitionState(
      WindowPlan plan, int partition, long nextOffset, Map<String, DeviceState> devices) {
    this.plan = plan;
    this.partition = partition;
    this.nextOffset = nextOffset;
    this.devices = devices;
  }

  /** The state before the first record, which is at an offset. */
  public static PartitionState empty(WindowTree tree, int partition, long firstOffset) {
    return new PartitionState(WindowPlan.of(tree), partition, firstOffset, Map.of());
  }

  /** The windows that the devices have. */
  public WindowTree tree() {
    return plan.tree();
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

  /** This state with the windows that the rules ask for; itself if it has them. */
  public PartitionState adapted(Rules rules) {
    WindowTree wanted = WindowTree.of(rules.windows());
    if (wanted.equals(tree())) {
      return this;
    }
    Map<String, DeviceState> adapted = new LinkedHashMap<>();
    devices.forEach((key, device) -> adapted.put(key, device.adapted(wanted, rules)));
    return new PartitionState(WindowPlan.of(wanted), partition, nextOffset, adapted);
  }

  /** The plan of a device that was not seen before. */
  WindowPlan plan() {
    return plan;
  }

  /** The state of some of the devices, in the same order. */
  public PartitionState only(Predicate<String> isWanted) {
    Map<String, DeviceState> wanted = new LinkedHashMap<>();
    devices.forEach(
        (key, device) -> {
          if (isWanted.test(key)) {
            wanted.put(key, device);
          }
        });
    return new PartitionState(plan, partition, nextOffset, wanted);
  }

  /**
   * The state of a partition that the devices of several others have moved to, by the order of the
   * others.
   *
   * @param parts at least one; no device is in two of them
   * @param nextOffset where the partition itself is read on
   */
  public static PartitionState union(int partition, long nextOffset, List<PartitionState> parts) {
    Map<String, DeviceState> devices = new LinkedHashMap<>();
    for (PartitionState part : parts) {
      devices.putAll(part.devices);
    }
    return new PartitionState(parts.get(0).plan, partition, nextOffset, devices);
  }

  Map<String, DeviceState> copyOfDevices() {
    return new LinkedHashMap<>(devices);
  }

  /** Spark moves a state to disk or to another process in the form of its own file. */
  private Object writeReplace() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateFile.write(this, bytes);
    return new Serialized(bytes.toByteArray());
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared, and gone once it was read.
  private record Serialized(byte[] file) implements Serializable {
    private Object readResolve() throws IOException {
      return StateFile.read(new ByteArrayInputStream(file));
    }
  }
}
