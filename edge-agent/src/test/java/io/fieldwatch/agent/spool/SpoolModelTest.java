package io.fieldwatch.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.PackId;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/** Random histories of a spool, crashes among them, compared with a plain list. */
class SpoolModelTest {
  private static final BootId BOOT = new BootId("one");

  @Property(
      tries = 150,
      shrinking = ShrinkingMode.BOUNDED,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void aSpoolBehavesLikeAListWhateverHappens(
      @ForAll @Size(min = 1, max = 60) List<Action> actions, @ForAll long seed) throws IOException {
    try (History history = new History(new SpoolLimits(64 << 20, 4 << 10), seed)) {
      for (Action action : actions) {
        history.run(action);
        history.checkAccount();
      }
      history.checkContent();
      assertThat(history.spool.counts().droppedReadings()).isZero();
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void aSmallSpoolKeepsTheNewestPacksAndCountsTheOthers(
      @ForAll @Size(min = 20, max = 80) List<Action> actions, @ForAll long seed)
      throws IOException {
    try (History history = new History(new SpoolLimits(16 << 10, 4 << 10), seed)) {
      for (Action action : actions) {
        history.run(action);
        history.checkAccount();
        assertThat(history.bytesOnDisk()).isLessThanOrEqualTo(17 << 10);
      }
      history.checkContent();
    }
  }

  enum Action {
    APPEND,
    APPEND_MANY,
    READ,
    ACKNOWLEDGE,
    REWIND,
    SYNC,
    KILL,
    KILL_IN_MID_APPEND,
    POWER_FAILURE,
    RESTART
  }

  /** What was appended: what the broker will see of it. */
  private record Appended(PackId id, int readings, String payload) {}

  private static final class History implements AutoCloseable {
    private final SpoolLimits limits;
    private final Random random;
    private final Path root;
    private final List<Appended> appended = new ArrayList<>();
    private final List<PackId> read = new ArrayList<>();
    private int acknowledged;
    private int durablyAcknowledged;
    private int lives;
    private BootId boot = BOOT;
    private Path folder;
    private Spool spool;

    History(SpoolLimits limits, long seed) throws IOException {
      this.limits = limits;
      this.random = new Random(seed);
      this.root = Files.createTempDirectory("spool-model");
      this.folder = root.resolve("0");
      this.spool = Spool.open(folder, limits, boot, random);
    }

    void run(Action action) throws IOException {
      switch (action) {
        case APPEND -> append();
        case APPEND_MANY -> {
          for (int i = 0; i < 20; i++) {
            append();
          }
        }
        case READ -> readSome(random.nextInt(30));
        case ACKNOWLEDGE -> acknowledgeSome();
        case REWIND -> rewind();
        case SYNC -> {
          spool.sync();
          durablyAcknowledged = acknowledged;
        }
        case KILL -> kill(false);
        case KILL_IN_MID_APPEND -> kill(true);
        case POWER_FAILURE -> {
          boot = new BootId("boot " + lives);
          String before = spool.epoch();
          kill(false);
          assertThat(spool.epoch()).isNotEqualTo(before);
        }
        case RESTART -> {
          spool.close();
          durablyAcknowledged = acknowledged;
          String before = spool.epoch();
          boot = new BootId("boot " + lives);
          reopen(folder);
          assertThat(spool.epoch()).isEqualTo(before);
        }
      }
    }

    private void append() throws IOException {
      String payload = Long.toHexString(random.nextLong()).repeat(random.nextInt(40));
      int readings = 1 + random.nextInt(9);
      PackId id = spool.append(readings, given -> payload.getBytes(UTF_8));
      assertThat(id.seq()).isEqualTo(lastSeqOf(id.epoch()) + 1);
      appended.add(new Appended(id, readings, payload));
    }

    private long lastSeqOf(String epoch) {
      return appended.stream()
          .filter(pack -> pack.id().epoch().equals(epoch))
          .mapToLong(pack -> pack.id().seq())
          .max()
          .orElse(0);
    }

    private void readSome(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        Optional<SpooledPack> pack = spool.read();
        if (pack.isEmpty()) {
          return;
        }
        assertThat(indexOf(pack.get().id())).isGreaterThanOrEqualTo(acknowledged);
        read.add(pack.get().id());
      }
    }

    private void acknowledgeSome() throws IOException {
      if (!read.isEmpty()) {
        PackId id = read.get(random.nextInt(read.size()));
        boolean counts = indexOf(id) >= firstOnDisk();
        spool.acknowledge(id);
        if (counts) {
          acknowledged = Math.max(acknowledged, indexOf(id) + 1);
        }
      }
    }

    private void rewind() throws IOException {
      spool.rewind();
      read.clear();
    }

    /** What a kill leaves is what the files hold at that moment. */
    private void kill(boolean inMidAppend) throws IOException {
      Path copy = root.resolve(Integer.toString(++lives));
      Files.createDirectories(copy);
      for (Path file : files(folder)) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
      spool.close();
      if (inMidAppend) {
        tearTail(copy);
      }
      String before = spool.epoch();
      reopen(copy);
      if (boot.equals(BOOT)) {
        assertThat(spool.epoch()).isEqualTo(before);
      }
    }

    private void tearTail(Path copy) throws IOException {
      ByteBuffer record = SegmentFormat.encode(1, 1, 1, new byte[100]);
      record.limit(1 + random.nextInt(record.limit() - 1));
      Path last =
          files(copy).stream()
              .filter(f -> Segment.numberOf(f).isPresent())
              .max(Path::compareTo)
              .orElseThrow();
      byte[] torn = new byte[record.remaining()];
      record.get(torn);
      Files.write(last, torn, StandardOpenOption.APPEND);
    }

    private void reopen(Path next) throws IOException {
      folder = next;
      lives++;
      spool = Spool.open(folder, limits, boot, random);
      read.clear();
      int first = firstOnDisk();
      if (!isSmall()) {
        // Acknowledgements since the last sync may be forgotten, and those packs come again.
        assertThat(first).isBetween(durablyAcknowledged, acknowledged);
      }
      acknowledged = first;
      durablyAcknowledged = first;
    }

    /** Whether the bound is reached, so that packs are dropped. */
    private boolean isSmall() {
      return limits.maxBytes() < 1 << 20;
    }

    /** Index of the oldest pack that the spool still gives. */
    private int firstOnDisk() throws IOException {
      List<SpooledPack> all = readAll();
      return all.isEmpty() ? appended.size() : indexOf(all.get(0).id());
    }

    private List<SpooledPack> readAll() throws IOException {
      spool.rewind();
      List<SpooledPack> all = new ArrayList<>();
      for (Optional<SpooledPack> p = spool.read(); p.isPresent(); p = spool.read()) {
        all.add(p.get());
      }
      spool.rewind();
      for (int i = 0; i < read.size(); i++) {
        spool.read();
      }
      return all;
    }

    private int indexOf(PackId id) {
      for (int i = 0; i < appended.size(); i++) {
        if (appended.get(i).id().equals(id)) {
          return i;
        }
      }
      throw new AssertionError("Never appended: " + id);
    }

    /** Everything that is not acknowledged or dropped is there, in order, unchanged. */
    void checkContent() throws IOException {
      List<SpooledPack> all = readAll();
      int first = all.isEmpty() ? appended.size() : indexOf(all.get(0).id());
      assertThat(all).hasSize(appended.size() - first);
      for (int i = 0; i < all.size(); i++) {
        Appended expected = appended.get(first + i);
        assertThat(all.get(i).id()).isEqualTo(expected.id());
        assertThat(new String(all.get(i).payload(), UTF_8)).isEqualTo(expected.payload());
        assertThat(all.get(i).readings()).isEqualTo(expected.readings());
      }
      if (!isSmall()) {
        assertThat(first).isEqualTo(acknowledged);
      }
    }

    void checkAccount() {
      Counts counts = spool.counts();
      List<Appended> epoch =
          appended.stream().filter(p -> p.id().epoch().equals(spool.epoch())).toList();
      assertThat(counts.producedPacks()).isEqualTo(epoch.size());
      assertThat(counts.producedReadings())
          .isEqualTo(epoch.stream().mapToLong(Appended::readings).sum())
          .isEqualTo(
              counts.acknowledgedReadings() + counts.spoolReadings() + counts.droppedReadings());
      assertThat(counts.droppedReadings()).isGreaterThanOrEqualTo(0);
    }

    long bytesOnDisk() throws IOException {
      long sum = 0;
      for (Path file : files(folder)) {
        sum += Files.size(file);
      }
      return sum;
    }

    @Override
    public void close() throws IOException {
      spool.close();
      try (Stream<Path> all = Files.walk(root)) {
        all.sorted(Comparator.reverseOrder()).forEach(History::delete);
      }
    }

    private static List<Path> files(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.toList();
      }
    }

    private static void delete(Path file) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
