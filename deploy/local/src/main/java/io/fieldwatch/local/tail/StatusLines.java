package io.fieldwatch.local.tail;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One line a status: device and what it said. */
public final class StatusLines implements RecordLines {
  @Override
  public List<String> of(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return List.of(
        RecordLines.key(record) + "  " + (value == null ? "" : RecordLines.printable(value)));
  }
}
