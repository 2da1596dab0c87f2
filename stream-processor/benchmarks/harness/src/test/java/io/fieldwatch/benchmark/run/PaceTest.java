package io.fieldwatch.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.benchmark.run.Pace.Mark;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Interval TEN_SECONDS = new Interval(15, Duration.ofSeconds(10));
  private static final Interval ANY = new Interval(0, Duration.ofSeconds(10));

  @Test
  void paceIsTakenForSoLongWhateverCameBeforeItWasWarm() {
    // Given: a mark a second; 1 reading a millisecond for 20 s, then 5
    List<Mark> marks =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> new Mark(1_000L * i, i <= 20 ? 1_000.0 * i : 5_000.0 * i - 80_000))
            .toList();

    // When
    Pace pace = Pace.of(marks, 1_000_000, 19_500, TEN_SECONDS);

    // Then
    assertThat(pace).isEqualTo(new Pace(21_000, 32_000, 55_000));
    assertThat(pace.readingsPerSecond()).isEqualTo(5_000);
    assertThat(pace.seconds()).isEqualTo(11);
  }

  @Test
  void burstsAreTakenWhole() {
    // Given: a commit of 40,000 readings every four seconds, four results of each within 300 ms
    List<Mark> marks =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    new Mark(
                        4_000L * (1 + i / 4) + 100L * (i % 4),
                        40_000 * (i / 4) + 10_000 * (i % 4 + 1)))
            .toList();

    // When, then
    assertThat(Pace.of(marks, 1_000_000, 8_150, TEN_SECONDS))
        .isEqualTo(new Pace(8_300, 20_300, 120_000));
  }

  @Test
  void endOfTheStreamIsLeftOut() {
    List<Mark> marks =
        IntStream.rangeClosed(1, 20).mapToObj(i -> new Mark(1_000L * i, 1_000.0 * i)).toList();

    assertThat(Pace.of(marks, 20_000, 9_000, TEN_SECONDS))
        .isEqualTo(new Pace(10_000, 20_000, 10_000));
    assertThat(Pace.of(marks, 20_000, 0, ANY).toMillis()).isEqualTo(13_000);
  }

  @Test
  void runThatIsDoneTooSoonHasNoPace() {
    List<Mark> marks = List.of(new Mark(1_000, 2_000), new Mark(4_000, 10_000));

    assertThatThrownBy(() -> Pace.of(marks, 10_000, 500, TEN_SECONDS))
        .hasMessage(
            "Cannot tell the pace: it was done 3.0 s after it was warm, the stream is too short");
    assertThatThrownBy(() -> Pace.of(marks, 10_000, 4_001, TEN_SECONDS))
        .hasMessage(
            "Cannot tell the pace: it was done before it was warm, or has not come to the end");
    assertThat(Pace.of(marks, 10_000, 500, ANY).readingsPerSecond()).isEqualTo(8_000 / 3.0);
  }
}
