package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.stream.ledger.Entry;
import io.fieldwatch.stream.ledger.History;
import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.MemoryJournals;
import io.fieldwatch.stream.ledger.Position;
import io.fieldwatch.stream.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StartingPointTest {
  private static final History NO_HISTORY = History.of(new TreeMap<>());

  @Test
  void theLogIsReadFromWhereTheSnapshotStands() {
    // Given: Kafka has deleted the beginning
    Snapshot snapshot = new Snapshot(7, Map.of(0, 50L, 1, 60L));

    // When
    StartingPoint start =
        StartingPoint.choose(
            Optional.of(snapshot), NO_HISTORY, Map.of(0, 40L, 1, 40L), Map.of(0, 90L, 1, 90L));

    // Then
    assertThat(start.position()).isEqualTo(Position.of(Map.of(0, 50L, 1, 60L)));
    assertThat(start.snapshot()).contains(snapshot);
    assertThat(start.isOutgrown(2)).isFalse();
    assertThat(start.isOutgrown(3)).isTrue();
  }

  @Test
  void withoutASnapshotAllThatKafkaHasIsRead() {
    StartingPoint start =
        StartingPoint.choose(
            Optional.empty(), NO_HISTORY, Map.of(0, 0L, 1, 40L), Map.of(0, 90L, 1, 90L));

    assertThat(start.position()).isEqualTo(Position.of(Map.of(0, 0L, 1, 40L)));
  }

  @Test
  void withoutASnapshotOfAStateThatWasThereTheBeginningOfTheLogMustBeThere() throws IOException {
    // Given
    MemoryJournals files = new MemoryJournals();
    Ledger ledger =
        Ledger.begin(
            files.driver(),
            NO_HISTORY,
            Position.of(Map.of(0, 0L)),
            new Entry.Release("1.0", "m1"),
            Clock.systemUTC());
    ledger.note(1, Position.of(Map.of(0, 0L)));
    ledger.close();
    History history = History.of(files.texts());

    // Then
    assertThat(
            StartingPoint.choose(Optional.empty(), history, Map.of(0, 0L), Map.of(0, 9L))
                .position())
        .isEqualTo(Position.of(Map.of(0, 0L)));
    assertThatThrownBy(
            () -> StartingPoint.choose(Optional.empty(), history, Map.of(0, 1L), Map.of(0, 9L)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("windows would be written again with a part of their readings");
  }

  @Test
  void aStateThatIsAheadOfTheLogIsOfAnotherLog() {
    Snapshot snapshot = new Snapshot(7, Map.of(0, 50L));

    assertThatThrownBy(
            () ->
                StartingPoint.choose(
                    Optional.of(snapshot), NO_HISTORY, Map.of(0, 0L), Map.of(0, 49L)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "Cannot start: partition 0 ends at offset 49, the state has read it up to 50.");
  }

  @Test
  void aStateWithMorePartitionsThanTheLogIsOfAnotherLog() {
    Snapshot snapshot = new Snapshot(7, Map.of(0, 50L, 1, 50L));

    assertThatThrownBy(
            () ->
                StartingPoint.choose(
                    Optional.of(snapshot), NO_HISTORY, Map.of(0, 0L), Map.of(0, 90L)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot start: the state is of a topic with 2 partitions");
  }
}
