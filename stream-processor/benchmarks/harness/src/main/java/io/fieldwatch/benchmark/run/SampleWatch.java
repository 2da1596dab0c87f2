package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.contract.WindowRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the windows of some devices for later, since what is expected is not known yet. */
final class SampleWatch extends TopicReader {
  private final Predicate<String> isWanted;
  private final List<Appended> appended = new ArrayList<>();

  /** A window, and where and when the broker appended it. */
  record Appended(String key, WindowRecord window, int partition, long millis) {}

  SampleWatch(String bootstrap, String topic, int partitions, Predicate<String> isWanted) {
    super(bootstrap, topic, partitions);
    this.isWanted = isWanted;
  }

  @Override
  void accept(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), UTF_8);
    if (isWanted.test(key)) {
      appended.add(
          new Appended(
              key, WindowRecord.parse(record.value()), record.partition(), record.timestamp()));
    }
  }

  List<Appended> appended() {
    return appended;
  }
}
