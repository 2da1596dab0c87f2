package io.fieldwatch.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.benchmark.run.Pace.Mark;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration ANY = Duration.ZERO;

  @Test
  void steadyRunHasItsPaceWhateverItsStartTook() {
    // Given: 30 s until the first mark, then 10 readings a millisecond
    List<Mark> marks =
        IntStream.rangeClosed(1, 1_000).mapToObj(i -> new Mark(30_000 + i, 10.0 * i)).toList();

    // When
    Pace pace = Pace.of(marks, 10_000, 30_200, ANY);

    // Then
    assertThat(pace).isEqualTo(new Pace(30_200, 30_950, 7_500));
    assertThat(pace.readingsPerSecond()).isEqualTo(10_000);
    assertThat(pace.seconds()).isEqualTo(0.75);
  }

  @Test
  void burstsAreTakenWhole() {
    // Given: a batch of 1,000 readings a second, four results of each at once
    List<Mark> marks =
        IntStream.range(0, 40)
            .mapToObj(i -> new Mark(1_000L * (1 + i / 4), 1_000 * (i / 4) + 250 * (i % 4 + 1)))
            .toList();

    // When, then
    assertThat(Pace.of(marks, 10_000, 1_700, ANY)).isEqualTo(new Pace(2_000, 10_000, 8_000));
  }

  @Test
  void whatWasSlowBeforeItWasWarmDoesNotCount() {
    // Given: 1 reading a millisecond for 10 s, then 5
    List<Mark> marks =
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> new Mark(1_000L * i, i <= 10 ? 1_000.0 * i : 5_000.0 * i - 40_000))
            .toList();

    // When, then
    assertThat(Pace.of(marks, 60_000, 10_000, ANY).readingsPerSecond()).isEqualTo(5_000);
  }

  @Test
  void runThatDidNotComeToItsEndHasNoPace() {
    List<Mark> marks = List.of(new Mark(1, 2_000), new Mark(2, 9_000));

    assertThatThrownBy(() -> Pace.of(marks, 10_000, 0, ANY))
        .hasMessage("Cannot tell the pace: it has not come to 9500 readings");
  }

  @Test
  void runThatWasDoneTooSoonHasNoPace() {
    List<Mark> marks = List.of(new Mark(1_000, 2_000), new Mark(4_000, 10_000));

    assertThatThrownBy(() -> Pace.of(marks, 10_000, 500, Duration.ofSeconds(7)))
        .hasMessage(
            "Cannot tell the pace: it was done 3.0 s after it was warm, the stream is too short");
    assertThatThrownBy(() -> Pace.of(marks, 10_000, 4_001, ANY))
        .hasMessage(
            "Cannot tell the pace: it was done before it was warm, the stream is too short");
  }
}
