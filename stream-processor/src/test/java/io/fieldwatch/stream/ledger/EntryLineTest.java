package io.fieldwatch.stream.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntryLineTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Entry.Release RELEASE = new Entry.Release("0.1.0", "bundled-3");
  private static final List<Entry> GOLDEN =
      List.of(
          new Entry.Begin(7, NOON, RELEASE, 1203, at(120, 98)),
          new Entry.Intent(1204, NOON.plusMillis(500), RELEASE, at(120, 98), at(180, 98)),
          new Entry.Commit(1204, at(180, 98)),
          new Entry.Snapshot(7_000_003, at(180, 98)),
          new Entry.Gap(NOON.plusSeconds(1), 1, 98, 200),
          new Entry.Growth(
              NOON.plusSeconds(2), at(180, 200), Position.of(Map.of(0, 180L, 1, 200L, 2, 0L))),
          new Entry.End(NOON.plusSeconds(3)));

  @Test
  void readsTheFilesOfEveryVersion() throws IOException {
    assertThat(golden().lines().map(EntryLine::parse)).containsExactlyElementsOf(GOLDEN);
    assertThat(History.of(new TreeMap<>(Map.of(7L, golden()))).problems()).isEmpty();
  }

  @Test
  void writesWhatTheSpecificationShows() throws IOException {
    StringBuilder written = new StringBuilder();
    GOLDEN.forEach(entry -> written.append(EntryLine.of(entry)));

    assertThat(written).hasToString(golden());
  }

  @Test
  void aVersionMayHaveAnyCharacters() {
    Entry begin = new Entry.Begin(1, NOON, new Entry.Release("1.0 \n=ä", "%, :"), 0, at(0, 0));

    String line = EntryLine.of(begin);

    assertThat(line.lines()).hasSize(1);
    assertThat(EntryLine.parse(line.stripTrailing())).isEqualTo(begin);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> EntryLine.parse("00000000 begin term=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Damaged ledger line");
  }

  private static String golden() throws IOException {
    try (InputStream in = EntryLineTest.class.getResourceAsStream("/golden/batch-ledger-1.txt")) {
      if (in == null) {
        throw new IOException("no golden file");
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Position at(long first, long second) {
    return Position.of(Map.of(0, first, 1, second));
  }
}
