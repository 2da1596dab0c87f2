package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.plain.WindowStatistics;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Gives the accumulators of the windows their own serializer; Flink's choice would be Kryo. */
final class StatisticsType extends TypeInformation<WindowStatistics> {
  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<WindowStatistics> getTypeClass() {
    return WindowStatistics.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<WindowStatistics> createSerializer(SerializerConfig config) {
    return new StatisticsSerializer();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof StatisticsType;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StatisticsType;
  }

  @Override
  public int hashCode() {
    return StatisticsType.class.hashCode();
  }

  @Override
  public String toString() {
    return "WindowStatistics";
  }
}
