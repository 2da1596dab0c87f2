package io.fieldwatch.local.quarantine;

import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.topic.KafkaTopics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads {@code fieldwatch.quarantine}. For one thread. */
public final class QuarantineLog implements AutoCloseable {
  private final TopicReader reader;
  private final Set<String> seen = new HashSet<>();

  /** Positioned before the oldest message that is kept. */
  public static QuarantineLog fromBeginning(String bootstrap) {
    return new QuarantineLog(TopicReader.fromBeginning(bootstrap, KafkaTopics.QUARANTINE));
  }

  /** Positioned behind the last message. */
  static QuarantineLog fromEnd(String bootstrap) {
    return new QuarantineLog(TopicReader.fromEnd(bootstrap, KafkaTopics.QUARANTINE));
  }

  private QuarantineLog(TopicReader reader) {
    this.reader = reader;
  }

  /**
   * Hands over what is there and was not handed over yet, in the order in which each device's
   * messages came. What a restart of the job wrote twice comes once. Blocks for seconds where there
   * is much.
   */
  public void readNew(Consumer<QuarantinedMessage> to) {
    Map<TopicPartition, Long> end = end();
    while (!hasReached(end)) {
      readSome().forEach(to);
    }
  }

  /** Where it ends now. */
  Map<TopicPartition, Long> end() {
    return reader.end();
  }

  boolean hasReached(Map<TopicPartition, Long> end) {
    return reader.hasReached(end);
  }

  /** Some more messages, as {@link #readNew} would; few enough to be held in memory. */
  List<QuarantinedMessage> readSome() {
    List<QuarantinedMessage> some = new ArrayList<>();
    reader.readSome(
        record -> {
          QuarantinedMessage message = new QuarantinedMessage(record);
          if (seen.add(message.id() + ' ' + message.reason())) {
            some.add(message);
          }
        });
    return some;
  }

  @Override
  public void close() {
    reader.close();
  }
}
