package io.fieldwatch.local.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.local.kafka.TopicReader;
import io.fieldwatch.local.kafka.Topics;
import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in {@code fieldwatch.replayed} what was sent again, since a pack without identity that
 * is sent twice counts twice. Each message is noted as begun before it is sent and as done when
 * Kafka has it; what a crash left between the two is looked for among the readings.
 *
 * <p>For one thread, and for one replay at a time: two at once could send the same message.
 */
public final class ReplayJournal {
  private static final String BEGUN = "begun";
  private static final String DONE = "done";
  private static final Duration READ_BOUND = Duration.ofMinutes(10);

  private final Set<String> done = new HashSet<>();
  private final Set<String> begun = new HashSet<>();

  /** Empty. */
  ReplayJournal() {}

  /** Reads it; makes the topic where there is none. */
  public static ReplayJournal read(String bootstrap) throws IOException, InterruptedException {
    Topics.create(bootstrap);
    ReplayJournal journal = new ReplayJournal();
    read(bootstrap, KafkaTopics.REPLAYED, journal::take);
    if (!journal.begun.isEmpty()) {
      read(bootstrap, KafkaTopics.READINGS, journal::settle);
    }
    return journal;
  }

  /** The ids of messages that were sent again. */
  public Set<String> done() {
    return Set.copyOf(done);
  }

  boolean isDone(String id) {
    return done.contains(id);
  }

  /** Must return before any of them is sent. */
  void begin(Collection<String> ids, Sender sender) throws IOException, InterruptedException {
    note(ids, BEGUN, sender);
  }

  /** Kafka has them all. */
  void finish(Collection<String> ids, Sender sender) throws IOException, InterruptedException {
    note(ids, DONE, sender);
    done.addAll(ids);
  }

  /** They were not sent after all. */
  void forget(Collection<String> ids, Sender sender) throws IOException, InterruptedException {
    note(ids, null, sender);
  }

  /** Takes a record of the journal's topic, in order. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    String id = new String(record.key(), UTF_8);
    begun.remove(id);
    if (record.value() != null) {
      (new String(record.value(), UTF_8).equals(DONE) ? done : begun).add(id);
    }
  }

  /** Takes any record of the readings, after the journal's: what is there was sent. */
  void settle(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(QuarantineHeaders.REPLAYED);
    if (header != null && begun.remove(new String(header.value(), UTF_8))) {
      done.add(new String(header.value(), UTF_8));
    }
  }

  private static void note(Collection<String> ids, @Nullable String what, Sender sender)
      throws IOException, InterruptedException {
    for (String id : ids) {
      sender.send(
          new ProducerRecord<>(
              KafkaTopics.REPLAYED,
              id.getBytes(UTF_8),
              what == null ? null : what.getBytes(UTF_8)));
    }
    sender.await();
  }

  private static void read(
      String bootstrap, String topic, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    try (TopicReader reader = TopicReader.fromBeginning(bootstrap, topic)) {
      reader.readToEnd(READ_BOUND, to);
    }
  }
}
