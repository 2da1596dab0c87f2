package io.fieldwatch.stream.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which snapshot a start goes on from, on the file system of this machine. */
class SnapshotStoreTest {
  private static final WindowTree TREE =
      WindowTree.of(List.of(WindowSpec.tumbling(Duration.ofSeconds(10))));

  private final Path folder;
  private final SnapshotStore store;

  SnapshotStoreTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = new SnapshotStore(new StreamConfig.Hdfs(URI.create("file:///"), "" + folder, 1));
  }

  @Test
  void theNewestCompleteOneIsReadAsItWasWritten() throws IOException {
    // Given
    write(1, 10, 20);
    write(2, 15, 25);

    // When
    Snapshot newest = store.newest(snapshot -> true).orElseThrow();

    // Then
    assertThat(newest).isEqualTo(new Snapshot(2, Map.of(0, 15L, 1, 25L)));
    assertThat(store.readPartition(2, 1).partition()).isEqualTo(1);
    assertThat(store.readPartition(2, 1).nextOffset()).isEqualTo(25);
  }

  @Test
  void withoutAnyThereIsNone() throws IOException {
    assertThat(store.newest(snapshot -> true)).isEmpty();
  }

  @Test
  void oneThatNobodyVouchesForIsPassedOver() throws IOException {
    // Given
    write(1, 10, 20);
    write(2, 15, 25);

    // Then
    assertThat(store.newest(snapshot -> snapshot.number() < 2).orElseThrow().number()).isEqualTo(1);
    assertThat(store.newest(snapshot -> false)).isEmpty();
  }

  @Test
  void oneThatACrashLeftWithoutItsManifestIsPassedOver() throws IOException {
    // Given
    write(1, 10, 20);
    store.writePartition(2, state(0, 15));
    store.writePartition(2, state(1, 25));

    // Then
    assertThat(store.newest(snapshot -> true).orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void oneWithADamagedFileIsPassedOver() throws IOException {
    // Given
    write(1, 10, 20);
    write(2, 15, 25);
    Files.write(folder.resolve("state/2/partition-1"), "no state".getBytes(UTF_8));
    Files.deleteIfExists(folder.resolve("state/2/.partition-1.crc"));

    // Then
    assertThat(store.newest(snapshot -> true).orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void oneWhoseManifestSaysOtherOffsetsThanItsFilesIsPassedOver() throws IOException {
    // Given
    write(1, 10, 20);
    write(2, 15, 25);
    store.writePartition(2, state(1, 24));

    // Then
    assertThat(store.newest(snapshot -> true).orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void threeAreKept() throws IOException {
    // Given
    for (int number = 1; number <= 5; number++) {
      write(number, 10L * number, 0);
    }

    // When
    store.prune();

    // Then
    assertThat(store.newest(snapshot -> snapshot.number() <= 3)).isPresent();
    assertThat(store.newest(snapshot -> snapshot.number() <= 2)).isEmpty();
  }

  @Test
  void thoseThatFailedAreNotAmongTheThreeAndGo() throws IOException {
    // Given
    write(1, 10, 0);
    write(2, 20, 0);
    write(3, 30, 0);
    store.writePartition(4, state(0, 40));
    store.writePartition(5, state(0, 50));
    write(6, 60, 0);

    // When
    store.prune();

    // Then
    assertThat(folder.resolve("state").toFile().list()).containsExactlyInAnyOrder("2", "3", "6");
  }

  @Test
  void oneThatMayBeBeingWrittenIsLeft() throws IOException {
    // Given
    store.writePartition(1_000_001, state(0, 10));
    write(2_000_001, 20, 0);
    store.writePartition(3_000_001, state(0, 30));

    // When
    long needed = store.prune();

    // Then
    assertThat(needed).isEqualTo(2);
    assertThat(folder.resolve("state").toFile().list())
        .containsExactlyInAnyOrder("2000001", "3000001");
  }

  @Test
  void oneThatIsDiscardedLeavesNothing() throws IOException {
    // Given
    store.writePartition(1, state(0, 10));

    // When
    store.discard(1);

    // Then
    assertThat(folder.resolve("state")).isEmptyDirectory();
  }

  @Test
  void driversOfTwoTermsNeverTakeTheSameNumber() throws IOException {
    // Given
    long first = store.nextNumber(4);
    write(first, 10, 20);

    // Then
    assertThat(store.nextNumber(4)).isEqualTo(first + 1);
    assertThat(store.nextNumber(5)).isGreaterThan(first + 100_000);
  }

  private void write(long number, long first, long second) throws IOException {
    store.writePartition(number, state(0, first));
    store.writePartition(number, state(1, second));
    store.complete(new Snapshot(number, Map.of(0, first, 1, second)));
  }

  private static PartitionState state(int partition, long nextOffset) {
    return PartitionState.empty(TREE, partition, nextOffset);
  }
}
