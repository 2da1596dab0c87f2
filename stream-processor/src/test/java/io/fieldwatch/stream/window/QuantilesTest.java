package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void areExactForFewValues() {
    Quantiles quantiles = new Quantiles();
    for (double value : new double[] {4, 1, 3, 2}) {
      quantiles.add(value);
    }

    assertThat(quantiles.at(0, 0.5, 1)).containsExactly(1, 2.5, 4);
  }

  @Test
  void areCloseForManyValues() {
    Quantiles quantiles = new Quantiles();
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      quantiles.add(random.nextDouble());
    }

    double[] found = quantiles.at(0.5, 0.95, 0.99);

    assertThat(found[0]).isCloseTo(0.5, within(0.025));
    assertThat(found[1]).isCloseTo(0.95, within(0.006));
    assertThat(found[2]).isCloseTo(0.99, within(0.002));
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
