package io.fieldwatch.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.reading.PackId;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  private static final BootId BOOT = new BootId("boot");
  private static final SpoolLimits LIMITS = new SpoolLimits(1 << 20, 4 << 10);

  private final Path root;
  private final Path folder;

  SpoolTest(@TempDir Path root) {
    this.root = root;
    this.folder = root.resolve("spool");
  }

  @Test
  void numbersPacksFromOneAndTellsTheEncoderTheirIdentity() throws IOException {
    try (Spool spool = open()) {
      // When
      PackId first = spool.append(3, id -> id.toString().getBytes(UTF_8));
      PackId second = spool.append(2, id -> id.toString().getBytes(UTF_8));

      // Then
      assertThat(first).isEqualTo(new PackId(spool.epoch(), 1));
      assertThat(second).isEqualTo(new PackId(spool.epoch(), 2));
      assertThat(readAll(spool)).containsExactly(first.toString(), second.toString());
    }
  }

  @Test
  void countsWhatWasProducedAcknowledgedAndIsStillThere() throws IOException {
    try (Spool spool = open()) {
      // Given
      append(spool, 10);
      readAll(spool);

      // When
      spool.acknowledge(new PackId(spool.epoch(), 4));

      // Then
      assertThat(spool.counts()).isEqualTo(new Counts(50, 10, 4, 20, 0, 6, 30));
    }
  }

  @Test
  void ignoresAnAcknowledgementFromBeforeTheConnectionWasLost() throws IOException {
    try (Spool spool = open()) {
      // Given
      append(spool, 2);
      readAll(spool);
      spool.rewind();

      // When
      spool.acknowledge(new PackId(spool.epoch(), 2));

      // Then
      assertThat(readAll(spool)).hasSize(2);
    }
  }

  @Test
  void cannotBeOpenedTwice() throws IOException {
    try (Spool spool = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot use spool '%s': another agent uses it", folder);
      assertThat(spool.epoch()).hasSize(10);
    }
  }

  @Test
  void deletesSegmentsOnceTheyAreAcknowledgedAndNotBefore() throws IOException {
    try (Spool spool = open()) {
      // Given
      append(spool, 100);
      int before = segmentFiles().size();
      assertThat(before).isGreaterThan(5);
      readAll(spool);
      assertThat(segmentFiles()).hasSize(before);

      // When
      spool.acknowledge(new PackId(spool.epoch(), 100));

      // Then
      assertThat(segmentFiles()).hasSize(1);
    }
  }

  @Test
  void dropsWholeSegmentsAtTheBoundAndCountsThem() throws IOException {
    try (Spool spool =
        Spool.open(folder, new SpoolLimits(16 << 10, 4 << 10), BOOT, new Random(1))) {
      // When
      append(spool, 100);

      // Then
      Counts counts = spool.counts();
      List<String> left = readAll(spool);
      assertThat(left.size()).isBetween(40, 70);
      assertThat(left.get(left.size() - 1)).startsWith("100x");
      assertThat(counts.spoolPacks()).isEqualTo(left.size());
      assertThat(counts.droppedReadings()).isEqualTo(500 - 5L * left.size());
      assertThat(counts.producedPacks()).isEqualTo(100);
    }
  }

  @Test
  void keepsTheCountOfDroppedReadingsOverARestart() throws IOException {
    // Given
    SpoolLimits small = new SpoolLimits(16 << 10, 4 << 10);
    Counts before;
    try (Spool spool = Spool.open(folder, small, BOOT, new Random(1))) {
      append(spool, 100);
      before = spool.counts();
    }

    // When
    try (Spool spool = Spool.open(folder, small, BOOT, new Random(2))) {
      // Then
      assertThat(spool.counts()).isEqualTo(before);
    }
  }

  @Test
  void setsASegmentWithoutHeaderAsideAndDeliversTheOthers() throws IOException {
    // Given
    appendAndClose(100);
    Path second = segmentFiles().get(1);
    overwrite(second, 0, new byte[8]);

    // When
    try (Spool spool = open()) {
      // Then
      assertThat(spool.damagedSegments()).isEqualTo(1);
      assertThat(Files.exists(second.resolveSibling(second.getFileName() + ".bad"))).isTrue();
      List<String> left = readAll(spool);
      assertThat(left.size()).isBetween(70, 95);
      assertThat(spool.counts().droppedReadings()).isEqualTo(500 - 5L * left.size());
      assertThat(spool.nextId().seq()).isEqualTo(101);
    }
  }

  @Test
  void usesADamagedSegmentUpToTheDamageAndKeepsTheFile() throws IOException {
    // Given
    appendAndClose(100);
    Path second = segmentFiles().get(1);
    overwrite(second, 2000, new byte[] {1, 2, 3});

    // When
    try (Spool spool = open()) {
      List<String> left = readAll(spool);
      spool.acknowledge(new PackId(spool.epoch(), 100));

      // Then
      assertThat(spool.damagedSegments()).isEqualTo(1);
      assertThat(left.size()).isBetween(75, 99);
      assertThat(spool.counts().droppedReadings()).isEqualTo(500 - 5L * left.size());
      assertThat(Files.exists(second.resolveSibling(second.getFileName() + ".bad"))).isTrue();
    }
  }

  @Test
  void neverUsesASeqAgainWhenTheNewestSegmentIsDamaged() throws IOException {
    // Given
    String epoch = appendAndClose(5);
    overwrite(segmentFiles().get(0), 700, new byte[] {1, 2, 3});

    // When
    try (Spool spool = open()) {
      // Then
      assertThat(spool.epoch()).isNotEqualTo(epoch);
      assertThat(spool.nextId().seq()).isEqualTo(1);
      assertThat(readAll(spool)).hasSize(2);
    }
  }

  @Test
  void neverUsesASeqAgainThatASegmentBegunInVainBeginsWith() throws IOException {
    // Given
    String epoch = appendAndClose(2);
    SegmentFormat.Header begun = new SegmentFormat.Header(new PackId(epoch, 2), 5);
    Files.write(folder.resolve("0000000002.seg"), SegmentFormat.encode(begun).array());

    // When
    try (Spool spool = open()) {
      // Then
      assertThat(spool.epoch()).isNotEqualTo(epoch);
      assertThat(spool.nextId().seq()).isEqualTo(1);
      assertThat(readAll(spool)).hasSize(2);
      spool.acknowledge(new PackId(epoch, 2));
      assertThat(spool.hasPending()).isFalse();
      assertThat(segmentFiles()).hasSize(1);
    }
  }

  @Test
  void survivesEveryFlippedBitAndEveryLengthOfTheNewestSegment() throws IOException {
    // Given
    try (Spool spool = open()) {
      for (int i = 0; i < 3; i++) {
        spool.append(1, id -> new byte[4]);
      }
    }
    byte[] whole = Files.readAllBytes(segmentFiles().get(0));

    for (int at = 0; at < whole.length; at++) {
      // When
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      int afterFlip = packsIn("flip" + at, flipped);
      int afterCut = packsIn("cut" + at, Arrays.copyOf(whole, at));

      // Then
      assertThat(afterFlip).isBetween(0, 3);
      assertThat(afterCut).isEqualTo(Math.max(0, (at - 64) / 36));
    }
  }

  private int packsIn(String name, byte[] segment) throws IOException {
    Path copy = Files.createDirectories(root.resolve(name));
    Files.copy(folder.resolve("checkpoint"), copy.resolve("checkpoint"));
    Files.write(copy.resolve("0000000001.seg"), segment);
    try (Spool spool = Spool.open(copy, LIMITS, BOOT, new Random(1))) {
      int packs = readAll(spool).size();
      assertThat(spool.append(1, id -> new byte[1])).isNotNull();
      return packs;
    }
  }

  @Test
  void passesOverDamageThatAppearsWhileItRuns() throws IOException {
    try (Spool spool = open()) {
      // Given
      append(spool, 10);
      overwrite(segmentFiles().get(0), 64 + 5 * 233 + 50, new byte[] {1, 2, 3});

      // When
      List<String> before = readAll(spool);
      append(spool, 1);

      // Then
      assertThat(before).hasSize(5);
      assertThat(readAll(spool)).hasSize(1);
      assertThat(spool.counts()).isEqualTo(new Counts(55, 11, 0, 0, 25, 6, 30));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8})
  void accountsForEachPackBeforeAndBehindDamageThatAppearsWhileItRuns(int damaged)
      throws IOException {
    try (Spool spool = open()) {
      // Given
      append(spool, 10);
      Path segment = segmentFiles().get(0);
      overwrite(segment, 64 + 233L * (damaged - 1) + 50, new byte[] {1, 2, 3});
      int good = damaged - 1;
      int lostReadings = 50 - 5 * good;

      // When
      List<String> delivered = readAll(spool);
      Counts unanswered = spool.counts();
      spool.acknowledge(new PackId(spool.epoch(), good));
      append(spool, 1);

      // Then
      assertThat(delivered).hasSize(good);
      assertThat(unanswered).isEqualTo(new Counts(50, 10, 0, 0, lostReadings, good, 5L * good));
      assertThat(spool.counts()).isEqualTo(new Counts(55, 11, good, 5L * good, lostReadings, 1, 5));
      assertThat(readAll(spool)).hasSize(1);
      spool.acknowledge(new PackId(spool.epoch(), 11));
      assertThat(spool.hasPending()).isFalse();
      assertThat(segment).doesNotExist();
      assertThat(segment.resolveSibling(segment.getFileName() + ".bad")).exists();
    }
  }

  @Test
  void beginsANewEpochAfterAPowerFailureAndDeliversTheOldPacksUnderTheirOwn() throws IOException {
    // Given
    Spool killed = open();
    append(killed, 3);
    Path copy = Files.createDirectories(root.resolve("after"));
    for (Path file : segmentFiles()) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    Files.copy(folder.resolve("checkpoint"), copy.resolve("checkpoint"));
    killed.close();

    // When
    try (Spool spool = Spool.open(copy, LIMITS, new BootId("other"), new Random(7))) {
      append(spool, 1);

      // Then
      List<PackId> ids = new ArrayList<>();
      for (Optional<SpooledPack> p = spool.read(); p.isPresent(); p = spool.read()) {
        ids.add(p.get().id());
      }
      assertThat(ids)
          .containsExactly(
              new PackId(killed.epoch(), 1),
              new PackId(killed.epoch(), 2),
              new PackId(killed.epoch(), 3),
              new PackId(spool.epoch(), 1));
      assertThat(spool.epoch()).isNotEqualTo(killed.epoch());
      assertThat(spool.counts()).isEqualTo(new Counts(5, 1, 0, 0, 0, 1, 5));
    }
  }

  @Test
  void resendsEverythingThatIsThereWhenTheCheckpointIsGone() throws IOException {
    // Given
    String epoch = appendAndClose(3);
    Files.delete(folder.resolve("checkpoint"));

    // When
    try (Spool spool = open()) {
      // Then
      assertThat(readAll(spool)).hasSize(3);
      assertThat(spool.epoch()).isNotEqualTo(epoch);
    }
  }

  @Test
  void countsWhatTheDiskRefusedAndGoesOnWithTheSameSeq() throws IOException {
    try (Spool spool = open()) {
      // Given
      append(spool, 17);
      Path elsewhere = Files.move(folder, root.resolve("elsewhere"));

      // When
      assertThatThrownBy(() -> append(spool, 1))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot append pack 18 to spool '" + folder + "': ");
      Files.move(elsewhere, folder);
      append(spool, 1);

      // Then
      assertThat(spool.counts()).isEqualTo(new Counts(95, 18, 0, 0, 5, 18, 90));
      assertThat(readAll(spool)).hasSize(18);
    }
  }

  private Spool open() throws IOException {
    return Spool.open(folder, LIMITS, BOOT, new Random());
  }

  private String appendAndClose(int packs) throws IOException {
    try (Spool spool = open()) {
      append(spool, packs);
      return spool.epoch();
    }
  }

  /** Packs of five readings; a record has 32 + 201 bytes while the seq has one digit. */
  private static void append(Spool spool, int packs) throws IOException {
    for (int i = 0; i < packs; i++) {
      spool.append(5, id -> (id.seq() + "x".repeat(200)).getBytes(UTF_8));
    }
  }

  private static List<String> readAll(Spool spool) throws IOException {
    List<String> all = new ArrayList<>();
    for (Optional<SpooledPack> p = spool.read(); p.isPresent(); p = spool.read()) {
      all.add(new String(p.get().payload(), UTF_8));
    }
    return all;
  }

  private List<Path> segmentFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".seg")).sorted().toList();
    }
  }

  private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      access.write(bytes);
    }
  }
}
