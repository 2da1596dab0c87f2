package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTreeTest {
  private static final WindowSpec TEN_SECONDS = WindowSpec.tumbling(Duration.ofSeconds(10));
  private static final WindowSpec FIFTEEN_SECONDS = WindowSpec.tumbling(Duration.ofSeconds(15));
  private static final WindowSpec MINUTE = WindowSpec.tumbling(Duration.ofMinutes(1));
  private static final WindowSpec QUARTER = WindowSpec.tumbling(Duration.ofMinutes(15));
  private static final WindowSpec HOUR = WindowSpec.tumbling(Duration.ofHours(1));
  private static final WindowSpec SLIDING =
      WindowSpec.sliding(Duration.ofMinutes(5), Duration.ofMinutes(1));

  @Test
  void makesEachLengthOfTheLongestThatFits() {
    WindowTree tree = WindowTree.of(List.of(HOUR, TEN_SECONDS, QUARTER, MINUTE, SLIDING));

    assertThat(tree.levels()).containsExactly(TEN_SECONDS, MINUTE, SLIDING, QUARTER, HOUR);
    assertThat(tree.source(1)).isZero();
    assertThat(tree.source(2)).isEqualTo(1);
    assertThat(tree.source(3)).isEqualTo(1);
    assertThat(tree.source(4)).isEqualTo(3);
    assertThat(tree.scored()).isZero();
  }

  @Test
  void addsPanesThatNobodyAskedForWhereLengthsDoNotFit() {
    WindowTree tree = WindowTree.of(List.of(TEN_SECONDS, FIFTEEN_SECONDS));

    assertThat(tree.level(0).lengthMillis()).isEqualTo(5_000);
    assertThat(tree.isAsked(0)).isFalse();
    assertThat(tree.source(2)).isZero();
    assertThat(tree.scored()).isEqualTo(1);
    assertThat(tree.asked()).containsExactly(TEN_SECONDS, FIFTEEN_SECONDS);
  }

  @Test
  void refusesWindowsOfWhichNoneIsTumbling() {
    assertThatThrownBy(() -> WindowTree.of(List.of(SLIDING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid windows [5m/1m]: at least one must be tumbling");
  }

  @Test
  void refusesOneKindTwice() {
    assertThatThrownBy(() -> WindowTree.of(List.of(MINUTE, MINUTE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stands twice");
  }
}
