package io.fieldwatch.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.agent.csv.FileRejectedException;
import io.fieldwatch.agent.replay.ReplaySource.TimeShift;
import io.fieldwatch.agent.source.Progress;
import io.fieldwatch.agent.source.RecordingWriter;
import io.fieldwatch.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySourceTest {
  private static final long FIRST = 1_700_000_000_000L;

  private final RecordingWriter writer = new RecordingWriter();
  private final Path folder;
  private final Path file;

  ReplaySourceTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.file =
        Files.writeString(
            folder.resolve("a.csv"),
            "time,a,anomaly\n1700000000,1,0\n1700000010,2,0\n1700000020,3,1\n");
  }

  @Test
  void keepsTheTimesOfTheFile() throws Exception {
    // When
    play(10_000, TimeShift.NONE, 3);

    // Then
    assertThat(readings())
        .containsExactly(
            new Reading("a", FIRST, 1, ""),
            new Reading("a", FIRST + 10_000, 2, ""),
            new Reading("a", FIRST + 20_000, 3, ""));
  }

  @Test
  void playsNowAtASpeed() throws Exception {
    // Given
    long before = System.currentTimeMillis();

    // When
    play(50, TimeShift.TO_NOW, 3);

    // Then
    List<Long> times = readings().stream().map(Reading::timeMillis).toList();
    assertThat(times.get(0)).isBetween(before, before + 10_000);
    assertThat(times.get(1) - times.get(0)).isEqualTo(200);
    assertThat(times.get(2) - times.get(0)).isEqualTo(400);
    assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(times.get(2));
  }

  @Test
  void doesNotPlayTwiceWhatWasPublishedBeforeARestart() throws Exception {
    // Given
    play(10_000, TimeShift.NONE, 3);

    // When
    try (ReplaySource again = source(10_000, TimeShift.NONE)) {
      again.start(writer);
    }

    // Then
    assertThat(readings()).hasSize(3);
  }

  @Test
  void writesARefusedPackAgainAndGoesOn() throws Exception {
    // Given
    AtomicInteger refusals = new AtomicInteger();
    writer.beforeEachPack(
        readings -> {
          if (readings.get(0).value() == 2 && refusals.getAndIncrement() == 0) {
            throw new IOException("no space left");
          }
        });

    // When
    play(50, TimeShift.NONE, 3);

    // Then
    assertThat(refusals).hasValueGreaterThan(0);
    assertThat(readings()).extracting(Reading::value).containsExactly(1.0, 2.0, 3.0);
  }

  private void play(double speed, TimeShift shift, int expected) throws Exception {
    try (ReplaySource source = source(speed, shift)) {
      source.start(writer);
      await().atMost(Duration.ofSeconds(10)).until(() -> readings().size() == expected);
    }
  }

  private ReplaySource source(double speed, TimeShift shift)
      throws IOException, FileRejectedException {
    return new ReplaySource(
        file,
        speed,
        shift,
        Set.of("anomaly"),
        new Progress(folder.resolve("progress")),
        InstantSource.system());
  }

  private List<Reading> readings() {
    return writer.packs().stream().flatMap(List::stream).toList();
  }
}
