package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenWindowPacesTest {
  private static final long T0 = 1_700_000_000_000L;

  private final OpenWindowPaces paces =
      new OpenWindowPaces(
          WindowTree.of(
              List.of(
                  WindowSpec.tumbling(Duration.ofSeconds(10)),
                  WindowSpec.tumbling(Duration.ofMinutes(1)),
                  WindowSpec.tumbling(Duration.ofHours(1)))),
          Duration.ofSeconds(2));

  @Test
  void allAreDueAtFirst() {
    assertThat(paces.due(T0)).isEqualTo(3);
  }

  @Test
  void longOnesAreDueLessOften() {
    published(3, T0, 0);

    assertThat(paces.due(T0 + 1_999)).isZero();
    assertThat(paces.due(T0 + 2_000)).isEqualTo(2);
    assertThat(paces.due(T0 + 60_000)).isEqualTo(3);
  }

  @Test
  void aLongOneWaitsForTheShortOnes() {
    published(3, T0, 0);
    published(2, T0 + 59_000, 0);

    assertThat(paces.due(T0 + 60_000)).isZero();
    assertThat(paces.due(T0 + 61_000)).isEqualTo(3);
  }

  @Test
  void aBacklogIsNotProlongedByThem() {
    published(3, T0, 0);

    assertThat(paces.dueWhileBehind(T0 + 19_999)).isZero();
    assertThat(paces.dueWhileBehind(T0 + 20_000)).isEqualTo(2);
  }

  @Test
  void theyTakeNoMoreThanAQuarterOfTheTime() {
    published(3, T0, 0);
    published(2, T0 + 2_000, 1_000);
    published(2, T0 + 4_000, 1_500);

    assertThat(paces.due(T0 + 7_999)).isZero();
    assertThat(paces.due(T0 + 8_000)).isEqualTo(2);
    assertThat(paces.dueWhileBehind(T0 + 23_999)).isZero();
    assertThat(paces.dueWhileBehind(T0 + 24_000)).isEqualTo(2);
  }

  @Test
  void aSingleSlowBatchIsNotBelieved() {
    published(3, T0, 60_000);

    assertThat(paces.due(T0 + 60_000)).isEqualTo(3);
  }

  @Test
  void theEndPublishesAll() {
    published(3, T0, 60_000);
    published(3, T0 + 60_000, 60_000);

    paces.makeAllDue();

    assertThat(paces.due(T0 + 120_000)).isEqualTo(3);
  }

  private void published(int levels, long beginMillis, long lastedMillis) {
    paces.published(levels, beginMillis, beginMillis + lastedMillis);
  }
}
