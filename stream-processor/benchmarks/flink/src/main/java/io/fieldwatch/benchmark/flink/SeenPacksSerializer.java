package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.plain.SeenPacks;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link SeenPacks} in checkpoints. */
final class SeenPacksSerializer extends MutableStateSerializer<SeenPacks> {
  @Override
  public SeenPacks createInstance() {
    return new SeenPacks();
  }

  @Override
  public SeenPacks copy(SeenPacks from) {
    return from.copy();
  }

  @Override
  public void serialize(SeenPacks seen, DataOutputView out) throws IOException {
    seen.write(out);
  }

  @Override
  public SeenPacks deserialize(DataInputView in) throws IOException {
    return SeenPacks.read(in);
  }

  @Override
  public TypeSerializerSnapshot<SeenPacks> snapshotConfiguration() {
    return new Configuration();
  }

  /** What a checkpoint remembers of its serializer. Public because Flink makes it by reflection. */
  public static final class Configuration extends SimpleTypeSerializerSnapshot<SeenPacks> {
    /** For Flink. */
    public Configuration() {
      super(SeenPacksSerializer::new);
    }
  }
}
