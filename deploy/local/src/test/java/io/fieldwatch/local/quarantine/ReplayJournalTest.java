package io.fieldwatch.local.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.topic.KafkaTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayJournalTest {
  private final ReplayJournal journal = new ReplayJournal();

  @Test
  void what_is_done_is_never_sent_again() {
    // Given
    journal.take(note("a", "begun"));
    journal.take(note("a", "done"));

    // Then
    assertThat(journal.isDone("a")).isTrue();
    assertThat(journal.isDone("b")).isFalse();
  }

  @Test
  void a_crash_after_sending_is_found_among_the_readings_and_one_before_is_not() {
    // Given two messages that were begun when the replay was killed, of which one had been sent
    journal.take(note("sent", "begun"));
    journal.take(note("not sent", "begun"));

    // When
    journal.settle(reading(null));
    journal.settle(reading("sent"));
    journal.settle(reading("something else"));

    // Then
    assertThat(journal.done()).containsExactly("sent");
  }

  @Test
  void what_kafka_would_not_take_can_be_tried_again() {
    // Given
    journal.take(note("too large", "begun"));
    journal.take(note("too large", null));

    // Then
    assertThat(journal.isDone("too large")).isFalse();
  }

  private static ConsumerRecord<byte[], byte[]> note(String id, @Nullable String what) {
    return new ConsumerRecord<>(
        KafkaTopics.REPLAYED, 0, 0, id.getBytes(UTF_8), what == null ? null : what.getBytes(UTF_8));
  }

  private static ConsumerRecord<byte[], byte[]> reading(@Nullable String replayOf) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(KafkaTopics.READINGS, 0, 0, new byte[0], new byte[0]);
    if (replayOf != null) {
      record.headers().add(QuarantineHeaders.REPLAYED, replayOf.getBytes(UTF_8));
    }
    return record;
  }
}
