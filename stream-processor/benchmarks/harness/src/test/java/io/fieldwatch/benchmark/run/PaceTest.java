package io.fieldwatch.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.benchmark.run.Pace.Mark;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void steadyRunHasItsPaceWhateverItsStartTook() {
    // Given: 30 s until the first mark, then 10 readings a millisecond
    List<Mark> marks =
        IntStream.rangeClosed(1, 1_000).mapToObj(i -> new Mark(30_000 + i, 10.0 * i)).toList();

    // When
    Pace pace = Pace.of(marks, 10_000);

    // Then
    assertThat(pace).isEqualTo(new Pace(30_200, 30_950, 7_500));
    assertThat(pace.readingsPerSecond()).isEqualTo(10_000);
  }

  @Test
  void burstsAreTakenWhole() {
    // Given: a batch of 1,000 readings a second, four results of each at once
    List<Mark> marks =
        IntStream.range(0, 40)
            .mapToObj(i -> new Mark(1_000L * (1 + i / 4), 1_000 * (i / 4) + 250 * (i % 4 + 1)))
            .toList();

    // When, then
    assertThat(Pace.of(marks, 10_000)).isEqualTo(new Pace(2_000, 10_000, 8_000));
  }

  @Test
  void runThatDidNotComeToItsEndHasNoPace() {
    List<Mark> marks = List.of(new Mark(1, 2_000), new Mark(2, 9_000));

    assertThatThrownBy(() -> Pace.of(marks, 10_000))
        .hasMessage("Cannot tell the pace: it has not come to 9500 readings");
  }
}
