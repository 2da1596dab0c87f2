package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantilesTest {
  @Test
  void areExactForFewValues() {
    Quantiles quantiles = new Quantiles();
    for (double value : new double[] {4, 1, 3, 2}) {
      quantiles.add(value);
    }

    assertThat(quantiles.at(0, 0.5, 1)).containsExactly(1, 2.5, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 10_001, 100_001})
  void areCloseForManyValues(int count) {
    for (long seed = 0; seed < 30; seed++) {
      Quantiles quantiles = new Quantiles();
      double[] values = new Random(seed).doubles(count).toArray();
      for (double value : values) {
        quantiles.add(value);
      }
      Arrays.sort(values);

      assertThat(rankError(quantiles, values, 0.5)).isLessThan(0.02);
      assertThat(rankError(quantiles, values, 0.95)).isLessThan(0.005);
      assertThat(rankError(quantiles, values, 0.99)).isLessThan(0.005);
    }
  }

  private static double rankError(Quantiles quantiles, double[] sorted, double rank) {
    int place = Arrays.binarySearch(sorted, quantiles.at(rank)[0]);
    return Math.abs((place < 0 ? -place - 1 : place) / (sorted.length - 1.0) - rank);
  }

  @Property(tries = 50)
  void goOnToTheLastBitFromWhereverTheyWereCopiedOrPackedOrWritten(
      @ForAll long seed,
      @ForAll @IntRange(max = 3000) int before,
      @ForAll @IntRange(max = 3000) int after)
      throws IOException {
    // Given
    Random random = new Random(seed);
    Quantiles straight = new Quantiles();
    for (int i = 0; i < before; i++) {
      straight.add(random.nextGaussian());
    }
    Quantiles copied = straight.copy();
    Quantiles packed = packed(straight);
    Quantiles restored = restored(packed);

    // When
    for (int i = 0; i <= after; i++) {
      double value = random.nextGaussian();
      straight.add(value);
      copied.add(value);
      packed.add(value);
      restored.add(value);
    }

    // Then
    double[] expected = straight.at(0.01, 0.5, 0.95, 0.99);
    assertThat(copied.at(0.01, 0.5, 0.95, 0.99)).containsExactly(expected);
    assertThat(packed.at(0.01, 0.5, 0.95, 0.99)).containsExactly(expected);
    assertThat(restored.at(0.01, 0.5, 0.95, 0.99)).containsExactly(expected);
  }

  @Property(tries = 50)
  void mergeToTheLastBitAlikeWhetherTheyArePackedOrNot(
      @ForAll @Size(max = 600) List<@IntRange(min = -500, max = 500) Integer> tenths,
      @ForAll @IntRange(max = 600) int cut) {
    // Given
    Quantiles first = new Quantiles();
    Quantiles second = new Quantiles();
    second.add(0.1);
    for (int i = 0; i < tenths.size(); i++) {
      (i < cut ? first : second).add(tenths.get(i) / 10.0);
    }
    Quantiles packed = packed(first);

    // When
    first.merge(second);
    packed.merge(packed(second));

    // Then
    assertThat(packed.values()).containsExactly(first.values());
    assertThat(bytes(packed)).isEqualTo(bytes(first));
    assertThat(bytes(packed(packed))).isEqualTo(bytes(first));
    assertThat(packed(packed).at(0.5, 0.95)).containsExactly(first.at(0.5, 0.95));
  }

  /** A copy, so that the other stays as it is. */
  private static Quantiles packed(Quantiles quantiles) {
    Quantiles packed = quantiles.copy();
    packed.pack();
    assertThat(packed.isPacked()).isTrue();
    return packed;
  }

  private static Quantiles restored(Quantiles quantiles) throws IOException {
    return Quantiles.read(new WireReader(bytes(quantiles)));
  }

  private static byte[] bytes(Quantiles quantiles) {
    WireWriter out = new WireWriter();
    quantiles.write(out);
    return out.toByteArray();
  }
}
