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
    paces.published(3, T0);

    assertThat(paces.due(T0 + 1_999)).isZero();
    assertThat(paces.due(T0 + 2_000)).isEqualTo(2);
    assertThat(paces.due(T0 + 60_000)).isEqualTo(3);
  }

  @Test
  void aLongOneWaitsForTheShortOnes() {
    paces.published(3, T0);
    paces.published(2, T0 + 59_000);

    assertThat(paces.due(T0 + 60_000)).isZero();
    assertThat(paces.due(T0 + 61_000)).isEqualTo(3);
  }

  @Test
  void aBacklogIsNotProlongedByThem() {
    paces.published(3, T0);

    assertThat(paces.dueWhileBehind(T0 + 19_999)).isZero();
    assertThat(paces.dueWhileBehind(T0 + 20_000)).isEqualTo(2);
  }

  @Test
  void theEndPublishesAll() {
    paces.published(3, T0);

    paces.makeAllDue();

    assertThat(paces.due(T0)).isEqualTo(3);
  }
}
