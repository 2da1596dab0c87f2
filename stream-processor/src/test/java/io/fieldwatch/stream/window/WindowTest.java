package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.wire.WireWriter;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Object OWNER = new Object();
  private static final long START = 60_000;

  @Test
  void isPackedAsACopySinceAnotherRunMayHaveIt() {
    // Given
    Window window = window(List.of(205));

    // When
    Window packed = window.packed();

    // Then
    assertThat(window.isPacked()).isFalse();
    assertThat(packed.isPacked()).isTrue();
    assertThat(packed.packed()).isSameAs(packed);
    assertThat(packed.aggregate().quantiles(0.5)).containsExactly(20.5);
  }

  @Test
  void isUnpackedOnlyWhereItIsChanged() {
    // Given
    Window packed = window(List.of(205)).packed();
    Window changed = packed.ownedBy(new Object());

    // When
    packed.aggregate();
    packed.copyOfAggregate().add(SensorKind.GAUGE, START, 7);
    changed.add(SensorKind.GAUGE, START, 7);

    // Then
    assertThat(packed.isPacked()).isTrue();
    assertThat(packed.aggregate().count()).isEqualTo(1);
    assertThat(changed.isPacked()).isFalse();
    assertThat(changed.aggregate().count()).isEqualTo(2);
  }

  @Property(tries = 100)
  void goesOnToTheLastBitWhetherItIsPackedOrNot(
      @ForAll @Size(max = 600) List<@IntRange(min = -500, max = 500) Integer> tenths,
      @ForAll @IntRange(max = 600) int cut) {
    // Given
    int middle = Math.min(cut, tenths.size());
    Window straight = window(tenths.subList(0, middle));
    Window packed = straight.packed();
    Window part = window(tenths.subList(middle, tenths.size()));

    // Then
    assertThat(bytes(packed)).isEqualTo(bytes(straight));

    // When
    straight.merge(SensorKind.COUNTER, part.aggregate());
    packed.merge(SensorKind.COUNTER, part.packed().aggregate());

    // Then
    assertThat(bytes(packed)).isEqualTo(bytes(straight));
    assertThat(bytes(packed.packed())).isEqualTo(bytes(straight));
  }

  private static Window window(List<Integer> tenths) {
    Window window = new Window(OWNER, 2, START);
    for (int i = 0; i < tenths.size(); i++) {
      window.add(SensorKind.COUNTER, START + 100L * i, tenths.get(i) / 10.0);
    }
    return window;
  }

  private static byte[] bytes(Window window) {
    WireWriter out = new WireWriter();
    window.write(out);
    return out.toByteArray();
  }
}
