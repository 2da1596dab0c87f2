package io.fieldwatch.local.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.DeviceId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void counts_by_reason_and_device() {
    // Given
    Summary summary = new Summary(Set.of("fieldwatch.readings/3@2"));
    Messages message = Messages.undecoded();

    // When
    summary.add(message.from("fieldwatch.readings/3@1").at("2026-03-01T12:00:05Z").message());
    summary.add(message.from("fieldwatch.readings/3@2").at("2026-03-01T12:00:01Z").message());
    summary.add(message.refused("late", 3).message());
    summary.add(message.refused("late", 4).message());
    summary.add(message.of(null).message());

    // Then
    assertThat(summary.lines())
        .containsExactly(
            new Summary.Line(
                "late",
                "plant/press-4",
                2,
                OptionalLong.of(7),
                0,
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2026-03-01T12:00:00Z")),
            new Summary.Line(
                "not-json",
                "-",
                1,
                OptionalLong.empty(),
                0,
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2026-03-01T12:00:00Z")),
            new Summary.Line(
                "not-json",
                "plant/press-4",
                2,
                OptionalLong.empty(),
                1,
                Instant.parse("2026-03-01T12:00:01Z"),
                Instant.parse("2026-03-01T12:00:05Z")));
  }

  @Test
  void a_selection_holds_what_all_its_parts_hold() {
    QuarantinedMessage message = Messages.undecoded().message();
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");

    assertThat(Selection.ALL.contains(message)).isTrue();
    assertThat(selection("not-json", "plant/press-4", noon).contains(message)).isTrue();
    assertThat(selection("late", "plant/press-4", noon).contains(message)).isFalse();
    assertThat(selection("not-json", "plant/press-5", noon).contains(message)).isFalse();
    assertThat(selection("not-json", "plant/press-4", noon.plusMillis(1)).contains(message))
        .isFalse();
  }

  private static Selection selection(String reason, String device, Instant since) {
    return new Selection(
        Set.of("fieldwatch.readings/3@17"),
        Optional.of(reason),
        Optional.of(DeviceId.parse(device)),
        Optional.of(since));
  }
}
