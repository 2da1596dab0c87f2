package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.plain.WindowStatistics;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** {@link WindowStatistics} in checkpoints. */
final class StatisticsSerializer extends MutableStateSerializer<WindowStatistics> {
  @Override
  public WindowStatistics createInstance() {
    return new WindowStatistics();
  }

  @Override
  public WindowStatistics copy(WindowStatistics from) {
    return from.copy();
  }

  @Override
  public void serialize(WindowStatistics statistics, DataOutputView out) throws IOException {
    statistics.write(out);
  }

  @Override
  public WindowStatistics deserialize(DataInputView in) throws IOException {
    return WindowStatistics.read(in);
  }

  @Override
  public TypeSerializerSnapshot<WindowStatistics> snapshotConfiguration() {
    return new Configuration();
  }

  /** What a checkpoint remembers of its serializer. Public because Flink makes it by reflection. */
  public static final class Configuration extends SimpleTypeSerializerSnapshot<WindowStatistics> {
    /** For Flink. */
    public Configuration() {
      super(StatisticsSerializer::new);
    }
  }
}
