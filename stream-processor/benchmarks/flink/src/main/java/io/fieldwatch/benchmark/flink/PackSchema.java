package io.fieldwatch.benchmark.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.plain.MalformedPackException;
import io.fieldwatch.benchmark.plain.PlainDecoder;
import io.fieldwatch.benchmark.plain.PlainPack;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decodes where Flink expects it, so that the source knows the event times. */
final class PackSchema implements KafkaRecordDeserializationSchema<PlainPack> {
  private transient @Nullable PlainDecoder decoder;
  private transient @Nullable Counter malformed;

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    decoder = new PlainDecoder();
    malformed = context.getMetricGroup().counter("malformed");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PlainPack> out) {
    try {
      PlainPack pack = requireNonNull(decoder).decode(record.value());
      if (pack.device().equals(new String(record.key(), UTF_8))) {
        out.collect(pack);
        return;
      }
    } catch (MalformedPackException e) {
      // Counted below, as a pack of another device is.
    }
    requireNonNull(malformed).inc();
  }

  @Override
  public TypeInformation<PlainPack> getProducedType() {
    return TypeInformation.of(PlainPack.class);
  }
}
