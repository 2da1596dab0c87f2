package io.fieldwatch.stream.ledger.hdfs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.ledger.Entry;
import io.fieldwatch.stream.ledger.FencedException;
import io.fieldwatch.stream.ledger.History;
import io.fieldwatch.stream.ledger.Ledger;
import io.fieldwatch.stream.ledger.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The ledger on a real HDFS: the rules that only HDFS can keep. */
class LedgerFolderIT {
  private static final Entry.Release RELEASE = new Entry.Release("1.0", "m1");

  private static @Nullable HdfsServers hdfs;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, InterruptedException {
    hdfs = new HdfsServers(folder).start();
  }

  @AfterAll
  static void stop() {
    hdfs().close();
  }

  private static HdfsServers hdfs() {
    return requireNonNull(hdfs);
  }

  @Test
  void aDriverThatWasReplacedFailsAtItsNextAppendAndEnds(TestInfo test) throws IOException {
    // Given a driver that lives, with its file open
    Ledger zombie = begin(folderOf(test), at(0));
    zombie.commit(zombie.intend(at(0), at(5), "m1"), at(5));
    zombie.settle();

    // When
    LedgerFolder folder = folderOf(test);
    History seen = History.of(folder.read());
    Ledger successor = Ledger.begin(folder, seen, at(5), RELEASE, Clock.systemUTC());

    // Then
    assertThat(seen.vouches(at(5))).isPresent();
    assertThatThrownBy(() -> zombie.intend(at(5), at(6), "m1")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> zombie.intend(at(5), at(6), "m1"))
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("another driver has taken over with batch ledger file 2");
    assertThat(successor.intend(at(5), at(9), "m1")).isEqualTo(2);
  }

  @Test
  void ofTwoDriversThatStartAtOnceOneGoesOn(TestInfo test) throws IOException {
    // Given both have read the same files
    LedgerFolder first = folderOf(test);
    LedgerFolder second = folderOf(test);
    History seenByFirst = History.of(first.read());
    History seenBySecond = History.of(second.read());

    // When
    Ledger.begin(second, seenBySecond, at(0), RELEASE, Clock.systemUTC());

    // Then
    assertThatThrownBy(() -> Ledger.begin(first, seenByFirst, at(0), RELEASE, Clock.systemUTC()))
        .isInstanceOf(FencedException.class);
  }

  @Test
  void whatWasRecordedIsReadThoughTheFileWasNeverClosed(TestInfo test) throws IOException {
    // Given
    Ledger ledger = begin(folderOf(test), at(0));
    ledger.commit(ledger.intend(at(0), at(5), "m1"), at(5));
    ledger.intend(at(5), at(8), "m1");

    // When
    History history = History.of(folderOf(test).read());

    // Then
    assertThat(history.problems()).isEmpty();
    assertThat(history.vouches(at(5))).isPresent();
    assertThat(history.vouches(at(8))).isEmpty();
    assertThat(history.batch()).isEqualTo(2);
  }

  @Test
  void goesOnInANewFileWhenTheDataNodeIsBack(TestInfo test) throws IOException {
    // Given
    LedgerFolder files = folderOf(test);
    Ledger ledger = begin(files, at(0));
    long batch = ledger.intend(at(0), at(5), "m1");
    hdfs().killDataNode();
    ledger.commit(batch, at(5));
    assertThatThrownBy(() -> ledger.intend(at(5), at(7), "m1")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ledger.intend(at(5), at(8), "m1")).isInstanceOf(IOException.class);

    // When
    hdfs().startDataNode();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> ledger.intend(at(5), at(9), "m1") > batch);

    // Then
    History history = History.of(files.read());
    assertThat(history.vouches(at(5))).isPresent();
    assertThat(history.vouches(at(7))).isEmpty();
  }

  @Test
  void removesFilesThatNobodyNeeds(TestInfo test) throws IOException {
    // Given
    LedgerFolder files = folderOf(test);
    begin(files, at(0)).close();
    begin(files, at(0)).close();
    Ledger third = begin(files, at(0));

    // When
    third.forgetBefore(2);

    // Then
    assertThat(files.read()).containsOnlyKeys(2L, 3L);
  }

  private static Ledger begin(LedgerFolder folder, Position position) throws IOException {
    return Ledger.begin(folder, History.of(folder.read()), position, RELEASE, Clock.systemUTC());
  }

  private static LedgerFolder folderOf(TestInfo test) {
    return new LedgerFolder(
        new StreamConfig.Hdfs(hdfs().uri(), "/" + test.getTestMethod().orElseThrow().getName(), 1));
  }

  private static Position at(long offset) {
    return Position.of(Map.of(0, offset));
  }
}
