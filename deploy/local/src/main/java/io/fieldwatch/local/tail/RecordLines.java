package io.fieldwatch.local.tail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Turns a record of one topic into lines. */
public interface RecordLines {
  List<String> of(ConsumerRecord<byte[], byte[]> record);

  /** Foreign text made fit for a terminal, cut at 200 characters. */
  static String printable(byte[] text) {
    String decoded = new String(text, 0, Math.min(text.length, 200), StandardCharsets.UTF_8);
    return decoded.replaceAll("[\\p{Cntrl}\\x{FFFD}]", "?");
  }

  /** A header as text; empty where the record has none. */
  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : printable(header.value());
  }

  /** The device's key as text; {@code -} where the record has none. */
  static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "-" : printable(record.key());
  }
}
