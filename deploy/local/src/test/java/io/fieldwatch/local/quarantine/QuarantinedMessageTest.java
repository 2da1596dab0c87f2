package io.fieldwatch.local.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.quarantine.QuarantineHeaders;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.topic.KafkaTopics;
import java.util.EnumSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantinedMessageTest {
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FUTURE", "LATE", "OVER_LIMIT", "POINT_REFUSED", "BAD_STATUS"})
  void a_message_that_was_never_decoded_can_be_sent_again(Reason reason) {
    assertThat(Messages.undecoded().refused(reason.code(), -1).message().hindrance()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"future, 1", "late, 3", "over-limit, 2", "future, 0"})
  void readings_that_the_ledger_has_booked_cannot_be_sent_again(String reason, int readings) {
    assertThat(Messages.undecoded().refused(reason, readings).message().hindrance())
        .hasValueSatisfying(why -> assertThat(why).contains("would count twice"));
  }

  @Test
  void a_point_cannot_be_sent_again() {
    assertThat(Messages.undecoded().refused("point-refused", 0).message().hindrance())
        .hasValueSatisfying(why -> assertThat(why).contains("a point is no message"));
  }

  @Test
  void half_a_message_cannot_be_sent_again() {
    ConsumerRecord<byte[], byte[]> record = Messages.undecoded().refused("too-large", -1).record();
    record.headers().add(QuarantineHeaders.TRUNCATED, "true".getBytes(UTF_8));

    assertThat(new QuarantinedMessage(record).hindrance())
        .hasValueSatisfying(why -> assertThat(why).contains("only the head"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none", "press-4", "plant/press/4", "plant/pr ess"})
  void a_message_of_nobody_cannot_be_sent_again(String key) {
    assertThat(Messages.undecoded().of(key).message().hindrance())
        .hasValueSatisfying(why -> assertThat(why).contains("no device's"));
  }

  @Test
  void an_old_status_is_not_said_again() {
    Messages status = Messages.undecoded().by("fieldwatch/plant/press-4/status");

    assertThat(status.refused("bad-status", 0).message().hindrance())
        .hasValueSatisfying(why -> assertThat(why).contains("no telemetry"));
  }

  @Test
  void a_foreign_topic_that_was_routed_can_be_sent_again() {
    assertThat(Messages.undecoded().by("plant/line/4/values").message().hindrance()).isEmpty();
  }

  @Test
  void is_named_by_where_it_was_and_by_its_place_in_quarantine_where_it_was_nowhere() {
    assertThat(Messages.undecoded().message().id()).isEqualTo("fieldwatch.readings/3@17");
    assertThat(Messages.undecoded().from("mqtt").message().id())
        .isEqualTo("fieldwatch.quarantine/0@42");
  }

  @Test
  void keeps_only_the_headers_it_had_before() {
    assertThat(Messages.undecoded().message().originalHeaders())
        .extracting(Header::key)
        .containsExactly(KafkaTopics.HEADER_MQTT_TOPIC);
  }

  @Test
  void counts_readings_only_where_they_were_decoded() {
    assertThat(Messages.undecoded().message().readings()).isEmpty();
    assertThat(Messages.undecoded().refused("late", 7).message().readings()).hasValue(7);
  }

  @Test
  void every_reason_was_thought_of() {
    // A new reason belongs into one of the tests above, and onto docs/reference/quarantine.md.
    EnumSet<Reason> never =
        EnumSet.of(
            Reason.FUTURE, Reason.LATE, Reason.OVER_LIMIT, Reason.POINT_REFUSED, Reason.BAD_STATUS);

    assertThat(EnumSet.complementOf(never))
        .extracting(Reason::code)
        .containsExactlyInAnyOrder(
            "bad-topic",
            "too-large",
            "too-many-readings",
            "not-senml",
            "foreign-base-name",
            "bad-sensor-name",
            "bad-identity",
            "no-numeric-value",
            "not-finite",
            "no-decoder",
            "not-json",
            "bad-time");
  }
}
