package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.feature.WindowSummary;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstantsTest {
  @Test
  void windowsOfOneStartAreOneInstantWhoeverIsMissing() {
    // When
    List<JointWindow> instants =
        Instants.of(
            List.of("a", "b", "c"), List.of(windows(10, 20, 40), windows(20, 30, 40), windows()));

    // Then
    assertThat(instants).extracting(JointWindow::startMillis).containsExactly(10L, 20L, 30L, 40L);
    assertThat(instants.get(0).sensors()).containsExactly("a");
    assertThat(instants.get(1).sensors()).containsExactly("a", "b");
    assertThat(instants.get(1).means()).containsExactly(20, 20);
    assertThat(instants.get(2).sensors()).containsExactly("b");
    assertThat(Instants.of(List.of(), List.of())).isEmpty();
  }

  private static List<WindowSummary> windows(long... starts) {
    return Arrays.stream(starts)
        .mapToObj(at -> new WindowSummary(at, 10, 1, at, at, at, 0, at, at))
        .toList();
  }
}
