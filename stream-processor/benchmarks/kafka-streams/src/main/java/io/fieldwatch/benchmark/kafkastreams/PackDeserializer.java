package io.fieldwatch.benchmark.kafkastreams;

import io.fieldwatch.benchmark.plain.MalformedPackException;
import io.fieldwatch.benchmark.plain.PlainDecoder;
import io.fieldwatch.benchmark.plain.PlainPack;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Decodes where Kafka Streams expects it, so that its handler counts what cannot be decoded. */
final class PackDeserializer implements Deserializer<PlainPack> {
  private final PlainDecoder decoder = new PlainDecoder();

  @Override
  public @Nullable PlainPack deserialize(String topic, byte @Nullable [] message) {
    if (message == null) {
      return null;
    }
    try {
      return decoder.decode(message);
    } catch (MalformedPackException e) {
      throw new SerializationException(e);
    }
  }
}
