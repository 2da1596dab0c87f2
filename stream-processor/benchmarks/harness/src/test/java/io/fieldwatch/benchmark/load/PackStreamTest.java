package io.fieldwatch.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackStreamTest {
  private static final StreamShape SHAPE = new StreamShape(200, 4, 42, 20_000);
  private static final int PACKS = 20_000;

  @Test
  void sameSeedGivesTheSameBytesAlsoInOtherBuilds() throws Exception {
    assertThat(digest(SHAPE)).isEqualTo(digest(SHAPE));
    assertThat(digest(SHAPE)).isEqualTo("b87473d66b0e919a");
    assertThat(digest(new StreamShape(200, 4, 43, 20_000))).isNotEqualTo(digest(SHAPE));
  }

  @Test
  void packsLookLikeAnAgents() {
    assertThat(new String(new PackStream(SHAPE).next().value(), UTF_8))
        .startsWith("[{\"bn\":\"bench/d-000")
        .contains(",\"bt\":16999999", ",\"epoch\":\"e", ",\"seq\":1,\"n\":\"temperature\",\"u\":")
        .contains(",{\"n\":\"humidity\",\"u\":\"%RH\",\"v\":")
        .contains("\"t\":0.25,")
        .endsWith("}]");
  }

  @Test
  void partitionsAdvanceAlikeInTimeAtAnyShareOfTheirOffsets() {
    // Given
    PackStream stream = new PackStream(SHAPE);
    Map<Integer, List<Long>> timesByOffset = new HashMap<>();

    // When
    for (int i = 0; i < PACKS; i++) {
      Pack pack = stream.next();
      timesByOffset
          .computeIfAbsent(pack.partition(), p -> new ArrayList<>())
          .add(pack.sentMillis());
    }

    // Then
    for (int offset = 0; offset < PACKS / 4 - 50; offset++) {
      long[] range = {Long.MAX_VALUE, 0};
      for (List<Long> times : timesByOffset.values()) {
        long time = times.get(offset);
        range[0] = Math.min(range[0], time);
        range[1] = Math.max(range[1], time);
      }
      assertThat(range[1] - range[0]).isLessThan(2_000);
    }
  }

  @Test
  void sharesOfDuplicatesAndOfWhatCannotBeReadAreAsPromised() {
    // Given
    PackStream stream = new PackStream(SHAPE);
    Set<String> seen = new HashSet<>();
    int duplicates = 0;
    int cut = 0;
    int small = 0;

    // When
    for (int i = 0; i < PACKS; i++) {
      Pack pack = stream.next();
      String text = new String(pack.value(), UTF_8);
      duplicates += seen.add(text) ? 0 : 1;
      cut += text.endsWith("]") ? 0 : 1;
      small += pack.readings() == 10 ? 1 : 0;
    }

    // Then
    assertThat(duplicates).isBetween(195, 200);
    assertThat(cut).isZero();
    assertThat(small).isBetween(9_900, 10_100);
  }

  private static String digest(StreamShape shape) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    PackStream stream = new PackStream(shape);
    for (int i = 0; i < PACKS; i++) {
      Pack pack = stream.next();
      digest.update(pack.key());
      digest.update(pack.value());
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }
}
