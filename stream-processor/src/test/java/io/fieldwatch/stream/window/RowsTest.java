package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RowsTest {
  private static final int LEVELS = 4;

  @Property(tries = 200)
  void holdWhatASetOfWindowsWould(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 39) Integer> toggled) {
    // Given
    TreeSet<Window> expected =
        new TreeSet<>(
            Comparator.comparingInt(Window::level)
                .reversed()
                .thenComparingLong(Window::startMillis));
    Window[] row = Rows.NONE;

    // When
    for (int number : toggled) {
      Window window = new Window(this, number % LEVELS, number / LEVELS);
      if (expected.add(window)) {
        row = Rows.with(row, window);
      } else {
        expected.remove(window);
        row = Rows.only(row, other -> expected.comparator().compare(other, window) != 0);
      }
    }

    // Then
    assertThat(Arrays.asList(row))
        .usingElementComparator(expected.comparator())
        .containsExactlyElementsOf(expected);
    for (int number = 0; number < 40; number++) {
      Window window = new Window(this, number % LEVELS, number / LEVELS);
      assertThat(Rows.indexOf(row, window.level(), window.startMillis()) >= 0)
          .isEqualTo(expected.contains(window));
    }
  }
}
