package io.fieldwatch.benchmark.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenPacksTest {
  private final SeenPacks seen = new SeenPacks();

  @Test
  void packIsNewOnceWhateverTheOrder() {
    Random random = new Random(7);
    Set<Long> added = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long seq = 1L + i / 2 + random.nextInt(200);

      boolean isNew = seen.add("e", seq);

      assertThat(isNew).as("seq %d", seq).isEqualTo(added.add(seq));
    }
  }

  @Test
  void whatIsBehindTheReachCountsAsSeen() {
    seen.add("e", 1000);

    assertThat(seen.add("e", 744)).isFalse();
    assertThat(seen.add("e", 745)).isTrue();
  }

  @Test
  void epochsAreToldApart() {
    seen.add("one", 5);

    assertThat(seen.add("other", 5)).isTrue();
  }

  @Test
  void copyAndWhatWasReadBackKnowTheSameAndGoTheirOwnWays() throws IOException {
    // Given
    seen.add("e", 3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    seen.write(new DataOutputStream(bytes));
    SeenPacks copy = seen.copy();
    SeenPacks read =
        SeenPacks.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // When
    seen.add("e", 4);

    // Then
    assertThat(copy.add("e", 3)).isFalse();
    assertThat(copy.add("e", 4)).isTrue();
    assertThat(read.add("e", 3)).isFalse();
    assertThat(read.add("e", 4)).isTrue();
  }
}
