package io.fieldwatch.local.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.local.quarantine.Sender.Answer;
import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends messages from quarantine to {@code fieldwatch.readings} again: key, value, headers and
 * timestamp as they were, and a header that says what it is. A message is sent once, however often
 * this is asked; a crash in between changes nothing about that.
 *
 * <p>Used once, by one thread. Messages of a device are sent in the order in which they came, in
 * pieces of bounded size.
 */
public final class Replay {
  private final String bootstrap;
  private final Selection selection;
  private final ReplayJournal journal;
  private final Set<String> met = new HashSet<>();
  private final Set<String> sent = new HashSet<>();
  private final Map<String, Long> sentByReason = new TreeMap<>();
  private final Map<String, Long> leftAlone = new TreeMap<>();
  private long sentBefore;

  /** Reads what was sent before; blocks for Kafka. */
  public Replay(String bootstrap, Selection selection) throws IOException, InterruptedException {
    this.bootstrap = bootstrap;
    this.selection = selection;
    this.journal = ReplayJournal.read(bootstrap);
  }

  /**
   * What a replay did, or would do.
   *
   * @param ids of the messages sent again
   * @param byReason how many of them had been refused for which reason
   * @param sentBefore how many of the selected an earlier replay had sent
   * @param leftAlone how many of the selected cannot be sent again, by the sentence that says why
   */
  public record Report(
      Set<String> ids, Map<String, Long> byReason, long sentBefore, Map<String, Long> leftAlone) {
    public Report {
      ids = Set.copyOf(ids);
      byReason = new TreeMap<>(byReason);
      leftAlone = new TreeMap<>(leftAlone);
    }
  }

  /** Says what {@link #run} would do now; sends nothing. */
  public Report plan() {
    try (QuarantineLog log = QuarantineLog.fromBeginning(bootstrap)) {
      log.readNew(
          message -> {
            if (isToBeSent(message)) {
              count(message);
            }
          });
    }
    return report();
  }

  /**
   * Sends the selected messages that are in quarantine now.
   *
   * @throws IOException if Kafka does not answer; what it has by then is not sent again by the next
   *     replay
   */
  public Report run() throws IOException, InterruptedException {
    try (QuarantineLog log = QuarantineLog.fromBeginning(bootstrap);
        Sender sender = new Sender(bootstrap)) {
      Map<TopicPartition, Long> end = log.end();
      while (!log.hasReached(end)) {
        send(log.readSome().stream().filter(this::isToBeSent).toList(), sender);
      }
    }
    return report();
  }

  /** Whether it is selected, and the first of its parts; counts it where it stays. */
  private boolean isToBeSent(QuarantinedMessage message) {
    if (!selection.contains(message) || !met.add(message.id())) {
      return false;
    }
    if (journal.isDone(message.id())) {
      sentBefore++;
      return false;
    }
    Optional<String> hindrance = message.hindrance();
    hindrance.ifPresent(this::leaveAlone);
    return hindrance.isEmpty();
  }

  private void send(List<QuarantinedMessage> messages, Sender sender)
      throws IOException, InterruptedException {
    if (messages.isEmpty()) {
      return;
    }
    journal.begin(messages.stream().map(QuarantinedMessage::id).toList(), sender);
    messages.forEach(message -> sender.send(record(message)));
    List<Answer> answers = sender.await();
    List<String> taken = new ArrayList<>();
    List<String> tooLarge = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      QuarantinedMessage message = messages.get(i);
      if (answers.get(i) == Answer.TAKEN) {
        taken.add(message.id());
        count(message);
      } else {
        tooLarge.add(message.id());
        leaveAlone("it is larger than " + KafkaTopics.READINGS + " takes");
      }
    }
    journal.finish(taken, sender);
    journal.forget(tooLarge, sender);
  }

  private static ProducerRecord<byte[], byte[]> record(QuarantinedMessage message) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            KafkaTopics.READINGS,
            null,
            message.time().toEpochMilli(),
            message.key(),
            message.bytes(),
            message.originalHeaders());
    record.headers().add(QuarantineHeaders.REPLAYED, message.id().getBytes(UTF_8));
    return record;
  }

  private void count(QuarantinedMessage message) {
    sent.add(message.id());
    sentByReason.merge(message.reason(), 1L, Long::sum);
  }

  private void leaveAlone(String sentence) {
    leftAlone.merge(sentence, 1L, Long::sum);
  }

  private Report report() {
    return new Report(sent, sentByReason, sentBefore, leftAlone);
  }
}
