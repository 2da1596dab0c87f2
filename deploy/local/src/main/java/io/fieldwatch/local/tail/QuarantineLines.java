package io.fieldwatch.local.tail;

import io.fieldwatch.quarantine.QuarantineHeaders;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One line a message: when, whose, why, from where, how large. */
public final class QuarantineLines implements RecordLines {
  @Override
  public List<String> of(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return List.of(
        "%s  %s  %s: %s  (%s, %d bytes)"
            .formatted(
                Instant.ofEpochMilli(record.timestamp()),
                RecordLines.key(record),
                RecordLines.header(record, QuarantineHeaders.REASON),
                RecordLines.header(record, QuarantineHeaders.DETAIL),
                RecordLines.header(record, QuarantineHeaders.ORIGIN),
                value == null ? 0 : value.length));
  }
}
