package io.fieldwatch.stream.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeqRangesTest {
  @Property
  void knowsWhatASetOfSeqsKnows(
      @ForAll @Size(max = 200) List<@LongRange(min = 1, max = 120) Long> arrivals)
      throws IOException {
    // Given
    Set<Long> model = new HashSet<>();
    SeqRanges ranges = SeqRanges.none();

    // When
    for (long seq : arrivals) {
      assertThat(ranges.contains(seq)).isEqualTo(model.contains(seq));
      if (model.add(seq)) {
        ranges = ranges.with(seq);
      }
    }

    // Then
    long greatest = model.stream().mapToLong(Long::longValue).max().orElse(0);
    assertThat(ranges.received()).isEqualTo(model.size());
    assertThat(ranges.greatest()).isEqualTo(greatest);
    assertThat(ranges.missing()).isEqualTo(greatest - model.size());
    assertThat(missingSeqs(ranges.gaps(Integer.MAX_VALUE))).isEqualTo(greatest - model.size());
    assertThat(copied(ranges)).isEqualTo(ranges);
  }

  @Test
  void namesTheSeqsThatAreMissing() {
    SeqRanges ranges = SeqRanges.none().with(1).with(2).with(6).with(8);

    assertThat(ranges.gaps(10)).isEqualTo("3-5,7");
    assertThat(ranges.gaps(1)).isEqualTo("3-5");
  }

  @Test
  void leavesTheOriginalAsItWas() {
    SeqRanges before = SeqRanges.none().with(1);

    before.with(2).with(3);

    assertThat(before.greatest()).isEqualTo(1);
  }

  @Test
  void givesUpTheOldestGapBeyondItsBoundButKeepsCountingIt() {
    // Given
    SeqRanges ranges = SeqRanges.none();

    // When
    for (long seq = 1; seq <= 2L * SeqRanges.MAX_RANGES + 1; seq += 2) {
      ranges = ranges.with(seq);
    }

    // Then
    assertThat(ranges.ranges()).isEqualTo(SeqRanges.MAX_RANGES);
    assertThat(ranges.missing()).isEqualTo(SeqRanges.MAX_RANGES);
    assertThat(ranges.contains(2)).isTrue();
    assertThat(ranges.gaps(1)).isEqualTo("4");
  }

  @Test
  void refusesASeqItHas() {
    assertThatThrownBy(() -> SeqRanges.none().with(4).with(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot add seq 4");
  }

  private static long missingSeqs(String gaps) {
    long missing = 0;
    for (String gap : gaps.isEmpty() ? new String[0] : gaps.split(",")) {
      String[] ends = gap.split("-");
      missing += Long.parseLong(ends[ends.length - 1]) - Long.parseLong(ends[0]) + 1;
    }
    return missing;
  }

  private static SeqRanges copied(SeqRanges ranges) throws IOException {
    WireWriter out = new WireWriter();
    ranges.write(out);
    return SeqRanges.read(new WireReader(out.toByteArray()));
  }
}
