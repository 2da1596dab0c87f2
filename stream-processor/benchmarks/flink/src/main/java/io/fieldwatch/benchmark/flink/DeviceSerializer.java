package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.work.SharedWork;
import io.fieldwatch.stream.device.DeviceState;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A device's state in checkpoints, in the form of Fieldwatch's snapshots after its length. To Flink
 * a state is immutable, because {@link SharedWork#handOver} makes it so before every checkpoint.
 */
final class DeviceSerializer extends TypeSerializer<DeviceState> {
  private final Duration window;
  private final Duration lateness;

  /** Only for reading and writing; made by the thread that uses it. */
  private transient @Nullable SharedWork form;

  DeviceSerializer(Duration window, Duration lateness) {
    this.window = window;
    this.lateness = lateness;
  }

  private SharedWork form() {
    if (form == null) {
      form = new SharedWork(window, lateness);
    }
    return form;
  }

  @Override
  public void serialize(DeviceState state, DataOutputView out) throws IOException {
    byte[] bytes = form().write(state);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public DeviceState deserialize(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return form().read(bytes);
  }

  @Override
  public DeviceState deserialize(DeviceState reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    int length = in.readInt();
    out.writeInt(length);
    out.write(in, length);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public DeviceState copy(DeviceState from) {
    return from;
  }

  @Override
  public DeviceState copy(DeviceState from, DeviceState reuse) {
    return from;
  }

  @Override
  public TypeSerializer<DeviceState> duplicate() {
    return new DeviceSerializer(window, lateness);
  }

  @Override
  public DeviceState createInstance() {
    throw new UnsupportedOperationException("Cannot make a state without a device");
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceSerializer that
        && window.equals(that.window)
        && lateness.equals(that.lateness);
  }

  @Override
  public int hashCode() {
    return 31 * window.hashCode() + lateness.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<DeviceState> snapshotConfiguration() {
    return new Configuration(window, lateness);
  }

  /** What a checkpoint remembers of its serializer. Public because Flink makes it by reflection. */
  public static final class Configuration implements TypeSerializerSnapshot<DeviceState> {
    private static final int VERSION = 1;

    private Duration window;
    private Duration lateness;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public Configuration() {
      this(Duration.ZERO, Duration.ZERO);
    }

    private Configuration(Duration window, Duration lateness) {
      this.window = window;
      this.lateness = lateness;
    }

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeLong(window.toMillis());
      out.writeLong(lateness.toMillis());
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classes)
        throws IOException {
      window = Duration.ofMillis(in.readLong());
      lateness = Duration.ofMillis(in.readLong());
    }

    @Override
    public TypeSerializer<DeviceState> restoreSerializer() {
      return new DeviceSerializer(window, lateness);
    }

    @Override
    public TypeSerializerSchemaCompatibility<DeviceState> resolveSchemaCompatibility(
        TypeSerializerSnapshot<DeviceState> old) {
      return old instanceof Configuration that && window.equals(that.window)
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
