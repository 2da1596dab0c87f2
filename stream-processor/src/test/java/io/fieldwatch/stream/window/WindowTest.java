package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  @Test
  void isPackedAsACopySinceAnotherRunMayHaveIt() {
    // Given
    Object owner = new Object();
    Window window = new Window(owner, 0);
    window.add(SensorKind.GAUGE, 0, 20.5);

    // When
    Window packed = window.packed();

    // Then
    assertThat(window.aggregate().isPacked()).isFalse();
    assertThat(packed.aggregate().isPacked()).isTrue();
    assertThat(packed.packed()).isSameAs(packed);
    assertThat(packed.aggregate().quantiles(0.5)).containsExactly(20.5);
  }
}
