package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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
  void goOnToTheLastBitFromWhereverTheyWereCopiedOrWritten(
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
    Quantiles restored = restored(straight);

    // When
    for (int i = 0; i <= after; i++) {
      double value = random.nextGaussian();
      straight.add(value);
      copied.add(value);
      restored.add(value);
    }

    // Then
    double[] expected = straight.at(0.01, 0.5, 0.95, 0.99);
    assertThat(copied.at(0.01, 0.5, 0.95, 0.99)).containsExactly(expected);
    assertThat(restored.at(0.01, 0.5, 0.95, 0.99)).containsExactly(expected);
  }

  private static Quantiles restored(Quantiles quantiles) throws IOException {
    WireWriter out = new WireWriter();
    quantiles.write(out);
    return Quantiles.read(new WireReader(out.toByteArray()));
  }
}
