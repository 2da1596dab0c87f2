package io.fieldwatch.stream.window;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrozenRowTest {
  private static final Object OWNER = new Object();
  private static final int LEVEL = 2;
  private static final long STEP = 10_000;

  @Property(tries = 200)
  void holdsWhatAMapOfWindowsWould(
      @ForAll @Size(max = 40) List<@IntRange(min = -10, max = 10) Integer> starts,
      @ForAll @IntRange(min = -12, max = 12) int forgotten,
      @ForAll @IntRange(min = 0, max = 40) int forgottenAfter) {
    // Given
    TreeMap<Long, Window> expected = new TreeMap<>();
    FrozenRow row = FrozenRow.EMPTY;

    // When
    for (int i = 0; i < starts.size(); i++) {
      if (i == forgottenAfter) {
        expected.headMap(forgotten * STEP, true).clear();
        row = row.after(forgotten * STEP);
      }
      long start = starts.get(i) * STEP;
      if (expected.remove(start) == null) {
        Window window = window(start);
        expected.put(start, window);
        row = row.with(window);
      } else {
        row = row.without(start);
      }
    }

    // Then
    List<Window> found = new ArrayList<>();
    row.forEach(LEVEL, OWNER, found::add);
    assertThat(found).extracting(Window::startMillis).containsExactlyElementsOf(expected.keySet());
    for (long start = -12 * STEP; start <= 12 * STEP; start += STEP) {
      assertThat(row.has(start)).isEqualTo(expected.containsKey(start));
      assertThat(row.find(LEVEL, start, OWNER) != null).isEqualTo(expected.containsKey(start));
    }
    assertThat(bytes(row)).isEqualTo(bytes(expected.values()));
  }

  @Test
  void givesAWindowThatGoesOnAsItWas() {
    // Given
    Window window = window(20);
    window.revise();
    window.countLate(3);

    // When
    FrozenRow row = FrozenRow.EMPTY.with(window(10)).with(window);
    Window found = requireNonNull(row.find(LEVEL, 20, OWNER));

    // Then
    assertThat(found.ownedBy(OWNER)).isSameAs(found);
    assertThat(bytes(List.of(found))).isEqualTo(bytes(List.of(window)));
  }

  /** Some are so small that their length takes a byte. */
  private static Window window(long start) {
    Window window = new Window(OWNER, LEVEL, start);
    for (int i = 0; i < Math.floorMod(start / STEP, 3) * 100 + 1; i++) {
      window.add(SensorKind.GAUGE, start + i, (start + i) / 10.0);
    }
    window.close();
    window.passOn();
    return window;
  }

  @Test
  void takesFewBytesForEachWindowBesidesItsContent() {
    // Given
    long start = 1_700_000_000_000L;

    // When
    FrozenRow one = FrozenRow.EMPTY.with(window(start));
    FrozenRow two = one.with(window(start + 3 * STEP));

    // Then
    assertThat(two.size() - 2 * one.size()).isEqualTo(3);
  }

  private static byte[] bytes(FrozenRow row) {
    WireWriter out = new WireWriter();
    row.write(out, 7, LEVEL);
    return out.toByteArray();
  }

  private static byte[] bytes(Iterable<Window> windows) {
    WireWriter out = new WireWriter();
    for (Window window : windows) {
      int begun = out.begin(7);
      window.write(out);
      out.end(begun);
    }
    return out.toByteArray();
  }
}
