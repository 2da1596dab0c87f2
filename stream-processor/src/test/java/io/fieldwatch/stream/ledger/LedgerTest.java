package io.fieldwatch.stream.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Entry.Release RELEASE = new Entry.Release("1.0", "m1");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  private final MemoryJournals files = new MemoryJournals();
  private Ledger ledger = begin(at(0, 0));

  @Test
  void aCommitIsWrittenTogetherWithTheNextIntent() throws IOException {
    // Given
    long first = ledger.intend(at(0, 0), at(5, 7), "m1");

    // When
    ledger.commit(first, at(5, 7));
    String beforeTheNext = files.text(1);
    ledger.intend(at(5, 7), at(9, 9), "m1");

    // Then
    assertThat(beforeTheNext.lines()).hasSize(2);
    assertThat(files.text(1).lines().map(line -> line.substring(9)))
        .containsExactly(
            "begin term=1 at=2026-11-22T12:00:00Z application=1.0 model=m1 batch=0 position=0:0,1:0",
            "intent batch=1 at=2026-11-22T12:00:00Z application=1.0 model=m1"
                + " from=0:0,1:0 until=0:5,1:7",
            "commit batch=1 until=0:5,1:7",
            "intent batch=2 at=2026-11-22T12:00:00Z application=1.0 model=m1"
                + " from=0:5,1:7 until=0:9,1:9");
  }

  @Test
  void anIdleJobSettlesItsLastCommitOnce() throws IOException {
    // Given
    ledger.commit(ledger.intend(at(0, 0), at(5, 7), "m1"), at(5, 7));

    // When
    ledger.settle();
    ledger.settle();

    // Then
    assertThat(files.text(1).lines().filter(line -> line.contains(" commit "))).hasSize(1);
  }

  @Test
  void refusesABatchThatLeavesAGap() {
    assertThatThrownBy(() -> ledger.intend(at(1, 0), at(5, 0), "m1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot record in the batch ledger: batch 1 begins at 0:1,1:0, but the last commit"
                + " ended at 0:0,1:0 (term 1)");
  }

  @Test
  void refusesACommitOfABatchThatWasReplaced() throws IOException {
    // Given a batch that failed, and the next one that contains it
    long failed = ledger.intend(at(0, 0), at(5, 0), "m1");
    ledger.intend(at(0, 0), at(8, 0), "m1");

    // Then
    assertThatThrownBy(() -> ledger.commit(failed, at(5, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("batch 1 is not the one that was recorded before it ran");
  }

  @Test
  void refusesACommitOfOtherOffsetsThanRecorded() throws IOException {
    long batch = ledger.intend(at(0, 0), at(5, 0), "m1");

    assertThatThrownBy(() -> ledger.commit(batch, at(4, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("batch 1 was to end at 0:5,1:0 and ended at 0:4,1:0");
  }

  @Test
  void goesOnInANewFileAfterTheDiskWasAway() throws IOException {
    // Given a batch that was committed while HDFS was away
    long first = ledger.intend(at(0, 0), at(5, 0), "m1");
    files.goAway();
    ledger.commit(first, at(5, 0));
    assertThatThrownBy(() -> ledger.intend(at(5, 0), at(6, 0), "m1"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ledger.intend(at(5, 0), at(7, 0), "m1"))
        .isInstanceOf(IOException.class);

    // When
    files.comeBack();
    long second = ledger.intend(at(5, 0), at(8, 0), "m1");
    ledger.commit(second, at(8, 0));
    ledger.settle();

    // Then
    History history = History.of(files.texts());
    assertThat(history.problems()).isEmpty();
    assertThat(history.term()).isEqualTo(2);
    assertThat(history.batch()).isEqualTo(2);
    assertThat(history.vouches(at(5, 0))).hasValue(2);
    assertThat(history.vouches(at(8, 0))).hasValue(2);
    assertThat(history.vouches(at(6, 0))).isEmpty();
  }

  @Test
  void doesNotBringAFileToTheDiskThatWasGivenUp() throws IOException {
    // Given
    ledger.sync(1);
    files.goAway();
    assertThatThrownBy(() -> ledger.intend(at(0, 0), at(6, 0), "m1"))
        .isInstanceOf(IOException.class);
    files.comeBack();

    // Then
    assertThatThrownBy(() -> ledger.sync(1))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot bring batch ledger file 1 to the disk: it was given up");
  }

  @Test
  void ofTwoDriversTheOlderOneEnds() throws IOException {
    // Given
    Ledger zombie = ledger;
    zombie.commit(zombie.intend(at(0, 0), at(5, 0), "m1"), at(5, 0));
    ledger = begin(at(0, 0));

    // Then its append fails, and so does every file that it would like to begin
    assertThatThrownBy(() -> zombie.intend(at(5, 0), at(6, 0), "m1"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> zombie.intend(at(5, 0), at(6, 0), "m1"))
        .isInstanceOf(FencedException.class);
    assertThat(ledger.intend(at(0, 0), at(6, 0), "m1")).isEqualTo(2);
  }

  @Test
  void refusesToBeginBehindAFileItHasNotRead() throws IOException {
    // Given
    History stale = History.of(files.texts());
    begin(at(0, 0));

    // Then
    assertThatThrownBy(() -> Ledger.begin(files.driver(), stale, at(0, 0), RELEASE, CLOCK))
        .isInstanceOf(FencedException.class);
  }

  @Test
  void beginsANewFileWhenOneIsLongEnough() throws IOException {
    // Given
    Ledger small =
        Ledger.begin(files.driver(), 1_000, History.of(files.texts()), at(0, 0), RELEASE, CLOCK);

    // When
    for (int i = 0; i < 100; i++) {
      small.commit(small.intend(at(i, 0), at(i + 1, 0), "m1"), at(i + 1, 0));
    }
    small.close();

    // Then
    History history = History.of(files.texts());
    assertThat(files.texts()).hasSizeGreaterThan(10);
    assertThat(files.texts().values()).allMatch(text -> text.length() < 1_500);
    assertThat(history.problems()).isEmpty();
    assertThat(history.batch()).isEqualTo(100);
    for (int i = 0; i <= 100; i++) {
      assertThat(history.vouches(at(i, 0))).as("position %d", i).isPresent();
    }
  }

  @Test
  void stepsOverAGapAndSaysSo() throws IOException {
    // Given
    ledger.commit(ledger.intend(at(0, 0), at(5, 7), "m1"), at(5, 7));

    // When
    ledger.skip(1, 20);
    ledger.intend(at(5, 20), at(6, 21), "m1");

    // Then
    assertThat(files.text(1))
        .contains("gap partition=1 from=7 to=20 records=13 at=2026-11-22T12:00:00Z");
    assertThat(History.of(files.texts()).problems()).isEmpty();
  }

  @Test
  void recordsGrowth() throws IOException {
    // When
    ledger.grow(Position.of(Map.of(0, 0L, 1, 0L, 2, 3L)));
    ledger.settle();

    // Then
    assertThat(files.text(1))
        .contains("growth at=2026-11-22T12:00:00Z from=0:0,1:0 to=0:0,1:0,2:3");
    assertThat(ledger.position().partitions()).isEqualTo(3);
  }

  @Test
  void believesAFileUpToItsTornLine() throws IOException {
    // Given
    ledger.commit(ledger.intend(at(0, 0), at(5, 0), "m1"), at(5, 0));
    ledger.commit(ledger.intend(at(5, 0), at(9, 0), "m1"), at(9, 0));
    ledger.settle();
    String whole = files.text(1);
    int secondCommit = whole.indexOf("commit batch=2") - 9;

    for (int length = 0; length <= whole.length(); length++) {
      // When
      History history = History.of(new TreeMap<>(Map.of(1L, whole.substring(0, length))));

      // Then
      assertThat(history.problems()).as("cut at %d", length).isEmpty();
      assertThat(history.vouches(at(9, 0)).isPresent())
          .as("cut at %d of %d, the commit is at %d", length, whole.length(), secondCommit)
          .isEqualTo(length == whole.length());
    }
  }

  @Test
  void believesNothingBehindADamagedLine() throws IOException {
    // Given
    ledger.commit(ledger.intend(at(0, 0), at(5, 0), "m1"), at(5, 0));
    ledger.commit(ledger.intend(at(5, 0), at(9, 0), "m1"), at(9, 0));
    ledger.settle();
    String whole = files.text(1);

    for (int i = 0; i < whole.length(); i++) {
      // When
      char damaged = (char) (whole.charAt(i) ^ 1);
      String text = whole.substring(0, i) + damaged + whole.substring(i + 1);
      History history = History.of(new TreeMap<>(Map.of(1L, text)));

      // Then
      assertThat(history.vouches(at(9, 0))).as("damaged at %d", i).isEmpty();
    }
  }

  private Ledger begin(Position position) {
    try {
      return Ledger.begin(files.driver(), History.of(files.texts()), position, RELEASE, CLOCK);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Position at(long first, long second) {
    return Position.of(Map.of(0, first, 1, second));
  }
}
