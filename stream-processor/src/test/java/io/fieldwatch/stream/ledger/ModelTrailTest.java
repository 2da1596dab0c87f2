package io.fieldwatch.stream.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelTrailTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final ModelTrail trail = new ModelTrail();

  @Test
  void whatIsReadAgainIsScoredByTheModelThatScoredItFirst() {
    // Given
    trail.add(at(5, 5), "m1");
    trail.add(at(8, 5), "m1");
    trail.add(at(8, 9), "m2");
    trail.add(at(20, 9), "m1");

    // Then
    assertThat(trail.at(at(0, 0))).contains(new ModelTrail.Stretch(at(8, 5), "m1"));
    assertThat(trail.at(at(5, 5))).contains(new ModelTrail.Stretch(at(8, 5), "m1"));
    assertThat(trail.at(at(8, 5))).contains(new ModelTrail.Stretch(at(8, 9), "m2"));
    assertThat(trail.at(at(8, 9))).contains(new ModelTrail.Stretch(at(20, 9), "m1"));
    assertThat(trail.at(at(20, 9))).isEmpty();
    assertThat(trail.newest()).contains("m1");
  }

  @Test
  void aBatchThatFailedKeepsItsModelWhenItIsTriedAgain() {
    // Given a batch that may have delivered some of its scores
    trail.add(at(5, 5), "m1");

    // When it is tried again after another model was promoted
    trail.add(at(5, 5), "m2");

    // Then
    assertThat(trail.at(at(0, 0))).contains(new ModelTrail.Stretch(at(5, 5), "m1"));
  }

  @Test
  void partitionsThatCameLaterBeginAtZero() {
    // Given
    trail.add(at(5, 5), "m1");
    trail.add(Position.of(Map.of(0, 5L, 1, 5L, 2, 3L)), "m2");

    // Then
    assertThat(trail.at(Position.of(Map.of(0, 5L, 1, 5L, 2, 0L))).orElseThrow().model())
        .isEqualTo("m2");
    assertThat(trail.at(Position.of(Map.of(0, 5L, 1, 5L, 2, 3L)))).isEmpty();
  }

  @Test
  void fromBeforeAGrowthOnlyTheOldPartitionsAreReadAgain() {
    // Given
    trail.add(at(5, 5), "m1");
    trail.add(Position.of(Map.of(0, 5L, 1, 5L, 2, 3L)), "m2");

    // Then
    assertThat(trail.at(at(5, 5))).isEmpty();

    // When the old ones go on, too
    trail.add(Position.of(Map.of(0, 9L, 1, 5L, 2, 3L)), "m3");

    // Then
    assertThat(trail.at(at(5, 5)).orElseThrow().model()).isEqualTo("m3");
  }

  @Test
  void itFollowsFromTheLinesOfTheLedger() throws IOException {
    // Given: the last batch was cut off
    MemoryJournals files = new MemoryJournals();
    History none = History.of(new TreeMap<>());
    Ledger ledger =
        Ledger.begin(files.driver(), none, at(0, 0), new Entry.Release("1.0", "bundled"), CLOCK);
    ledger.commit(ledger.intend(at(0, 0), at(5, 5), "bundled"), at(5, 5));
    ledger.intend(at(5, 5), at(9, 5), "m2");

    // When
    ModelTrail read = History.of(files.texts()).trail();

    // Then
    assertThat(read.at(at(0, 0))).contains(new ModelTrail.Stretch(at(5, 5), "bundled"));
    assertThat(read.at(at(5, 5))).contains(new ModelTrail.Stretch(at(9, 5), "m2"));
    assertThat(read.newest()).contains("m2");
  }

  private static Position at(long first, long second) {
    return Position.of(Map.of(0, first, 1, second));
  }
}
