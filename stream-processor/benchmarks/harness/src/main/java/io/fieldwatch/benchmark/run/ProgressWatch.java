package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Watches a program that says how many readings it has decoded, of so many. */
final class ProgressWatch extends TopicReader implements Watch {
  private final long expected;
  private final List<Pace.Mark> marks = new ArrayList<>();
  private long decoded;

  ProgressWatch(String bootstrap, String topic, int partitions, long expected) {
    super(bootstrap, topic, partitions);
    this.expected = expected;
  }

  @Override
  void accept(ConsumerRecord<byte[], byte[]> record) {
    decoded = Long.parseLong(new String(record.value(), UTF_8));
    marks.add(new Pace.Mark(record.timestamp(), (double) decoded));
  }

  @Override
  public boolean isComplete() {
    return decoded >= expected;
  }

  @Override
  public long latestMillis() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1).millis();
  }

  /** It has to decode all, as only of all it is known how many there are. */
  @Override
  public void settle() {}

  @Override
  public List<Pace.Mark> marks() {
    return List.copyOf(marks);
  }

  @Override
  public Optional<String> verdict() {
    return decoded == expected
        ? Optional.empty()
        : Optional.of("it decoded %d readings of %d".formatted(decoded, expected));
  }

  @Override
  public long results() {
    return marks.size();
  }

  @Override
  public long repeated() {
    return 0;
  }
}
