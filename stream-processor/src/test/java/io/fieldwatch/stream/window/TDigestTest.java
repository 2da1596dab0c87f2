package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TDigestTest {
  @Test
  void values_that_repeat_give_the_same_digest_every_time() {
    // Given values with two decimals, as sensors give them: many are equal, also to centroids
    byte[] first = digestOf(1).toBytes();

    // When
    for (int again = 0; again < 200; again++) {
      // Then
      assertThat(digestOf(1).toBytes()).isEqualTo(first);
    }
  }

  @Test
  void ranks_are_met_closely_and_the_ends_exactly() {
    for (long seed = 0; seed < 30; seed++) {
      double[] values = new Random(seed).doubles(50_000).toArray();
      TDigest digest = new TDigest();
      for (int from = 0; from < values.length; from += 500) {
        digest.add(Arrays.copyOfRange(values, from, from + 500), 500);
      }
      Arrays.sort(values);

      assertThat(digest.quantile(0)).isEqualTo(values[0]);
      assertThat(digest.quantile(1)).isEqualTo(values[values.length - 1]);
      assertThat(digest.quantile(0.5)).isCloseTo(0.5, within(0.02));
      assertThat(digest.quantile(0.95)).isCloseTo(0.95, within(0.006));
      assertThat(digest.quantile(0.99)).isCloseTo(0.99, within(0.004));
    }
  }

  @Test
  void digests_merge_and_come_back_from_bytes() throws IOException {
    TDigest both = digestOf(1);
    both.merge(digestOf(2));

    TDigest read = TDigest.ofBytes(both.toBytes());

    assertThat(read.toBytes()).isEqualTo(both.toBytes());
    assertThat(read.quantile(0.5)).isCloseTo(20, within(0.1));
  }

  @Test
  void damaged_bytes_are_refused() {
    byte[] bytes = digestOf(1).toBytes();

    assertThatThrownBy(() -> TDigest.ofBytes(Arrays.copyOf(bytes, 10)))
        .hasMessage("Cannot read digest: only 10 bytes");
    assertThatThrownBy(() -> TDigest.ofBytes(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessageStartingWith("Cannot read digest: ");
  }

  private static TDigest digestOf(long seed) {
    Random random = new Random(seed);
    TDigest digest = new TDigest();
    for (int run = 0; run < 5; run++) {
      double[] values = new double[512];
      Arrays.setAll(values, i -> Math.round((20 + random.nextGaussian()) * 100) / 100.0);
      digest.add(values, values.length);
    }
    return digest;
  }
}
