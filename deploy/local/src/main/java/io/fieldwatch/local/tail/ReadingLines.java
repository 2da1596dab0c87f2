package io.fieldwatch.local.tail;

import io.fieldwatch.local.kafka.Packs;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One line a reading: time, device, sensor, value, unit, the pack it came with. For one thread. */
public final class ReadingLines implements RecordLines {
  private final PackDecoder decoder = new PackDecoder(PackDecoder.Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();

  @Override
  public List<String> of(ConsumerRecord<byte[], byte[]> record) {
    if (!Packs.isPack(record)) {
      return List.of();
    }
    String key = RecordLines.key(record);
    try {
      decoder.decode(record.value(), DeviceId.parse(key), buffer);
      Pack pack = buffer.toPack();
      String id = pack.id().map(i -> "  " + i.epoch() + "/" + i.seq()).orElse("");
      return pack.readings().stream()
          .map(
              reading ->
                  "%s  %s  %s = %s %s%s"
                      .formatted(
                          Instant.ofEpochMilli(reading.timeMillis()),
                          pack.device(),
                          reading.sensor(),
                          reading.value(),
                          reading.unit(),
                          id))
          .toList();
    } catch (PackRejectedException | IllegalArgumentException e) {
      return List.of("%s  %s".formatted(key, e.getMessage()));
    }
  }
}
