package io.fieldwatch.benchmark.run;

import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Watches windows in an output topic. */
final class WindowWatch extends TopicReader implements Watch {
  private final ResultCheck check;

  WindowWatch(
      String bootstrap, String topic, int partitions, LoadedStream stream, ExpectedWindow.P95 p95) {
    super(bootstrap, topic, partitions);
    this.check = new ResultCheck(stream, p95);
  }

  @Override
  void accept(ConsumerRecord<byte[], byte[]> record) {
    check.accept(record.key(), record.value(), record.timestamp());
  }

  @Override
  public boolean isComplete() {
    return check.isComplete();
  }

  @Override
  public long latestMillis() {
    return check.latestMillis();
  }

  @Override
  public void settle() {
    check.requireUntil((long) check.reached());
  }

  @Override
  public List<Pace.Mark> marks() {
    return check.marks();
  }

  @Override
  public Optional<String> verdict() {
    return check.verdict();
  }

  @Override
  public long results() {
    return check.windows();
  }

  @Override
  public long repeated() {
    return check.repeated();
  }
}
