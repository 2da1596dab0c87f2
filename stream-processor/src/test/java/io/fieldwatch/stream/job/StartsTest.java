package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StartsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void threeStartsWithoutAGoodEndMakeTheNextOneDistrustTheCheckpoint() {
    // Given
    Starts two = Starts.parse("").plus(NOON).plus(NOON.plusSeconds(10));

    // When
    Starts three = two.plus(NOON.plusSeconds(20));

    // Then
    assertThat(two.distrustCheckpoint()).isFalse();
    assertThat(three.distrustCheckpoint()).isTrue();
    assertThat(three.areHopeless()).isFalse();
  }

  @Test
  void aFourthFailureWithoutTheCheckpointLeavesNothingToTry() {
    // Given
    Starts starts = failures(3);

    // When
    Starts fourth = starts.plus(NOON).ended(Starts.End.FAILED_WITHOUT_CHECKPOINT);

    // Then
    assertThat(starts.areHopeless()).isFalse();
    assertThat(fourth.areHopeless()).isTrue();
  }

  @Test
  void beingKilledIsNeverHopeless() {
    // Given
    Starts starts = Starts.parse("");

    // When
    for (int second = 0; second < 100; second++) {
      starts = starts.plus(NOON.plusSeconds(second));
    }

    // Then
    assertThat(starts.areHopeless()).isFalse();
  }

  @Test
  void twoMinutesLaterNothingCounts() {
    // Given
    Starts starts = failures(3).plus(NOON).ended(Starts.End.FAILED_WITHOUT_CHECKPOINT);

    // Then
    assertThat(starts.since(NOON.plusSeconds(119)).areHopeless()).isTrue();
    assertThat(starts.since(NOON.plusSeconds(120)).list()).isEmpty();
  }

  @Test
  void slowStartsCountAsLongAsOneFollowsTheOther() {
    // Given
    Starts starts = Starts.parse("");

    // When
    for (int start = 0; start < 3; start++) {
      starts = starts.plus(NOON.plusSeconds(100L * start));
    }

    // Then
    assertThat(starts.since(NOON.plusSeconds(300)).distrustCheckpoint()).isTrue();
  }

  @Test
  void readsWhatItWroteAndPassesOverWhatItCannotRead() {
    // Given
    Starts starts = Starts.parse("").plus(NOON).ended(Starts.End.FAILED).plus(NOON.plusSeconds(1));

    // When
    Starts read = Starts.parse("garbage\n\n" + starts.text() + "2026-11-22T12:00:02Z FAI");

    // Then
    assertThat(read).isEqualTo(starts);
  }

  private static Starts failures(int count) {
    Starts starts = Starts.parse("");
    for (int i = 0; i < count; i++) {
      starts = starts.plus(NOON.minusSeconds(10L * (count - i))).ended(Starts.End.FAILED);
    }
    return starts;
  }
}
