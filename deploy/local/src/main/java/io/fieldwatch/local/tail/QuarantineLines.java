package io.fieldwatch.local.tail;

import io.fieldwatch.local.quarantine.QuarantinedMessage;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One line a message: when, whose, why, from where, how large. */
public final class QuarantineLines implements RecordLines {
  @Override
  public List<String> of(ConsumerRecord<byte[], byte[]> record) {
    QuarantinedMessage message = new QuarantinedMessage(record);
    return List.of(
        "%s  %s  %s: %s  (%s, %d bytes)"
            .formatted(
                message.time(),
                RecordLines.key(record),
                message.reason(),
                message.detail(),
                message.id(),
                message.bytes().length));
  }
}
