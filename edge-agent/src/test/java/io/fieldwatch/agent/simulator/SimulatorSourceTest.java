package io.fieldwatch.agent.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.agent.source.RecordingWriter;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorSourceTest {
  private final ScheduledExecutorService unused = Executors.newSingleThreadScheduledExecutor();
  private final RecordingWriter writer = new RecordingWriter();
  private long now = 1_700_000_000_400L;

  @AfterEach
  void stop() {
    unused.shutdown();
  }

  @Test
  void collectsAllSlotsSinceTheLastPack() throws IOException {
    // Given
    SimulatorSource source = source(Duration.ofMillis(100), 1);

    // When
    now += 1000;
    source.makeReadings();

    // Then
    assertThat(writer.packs()).hasSize(1);
    assertThat(times()).containsExactlyElementsOf(every(100, 1_700_000_000_500L, 10));
  }

  @Test
  void makesUpForSlotsItMissedAndSplitsThemIntoPacksOfBoundedSize() throws IOException {
    // Given
    SimulatorSource source = source(Duration.ofMillis(10), 5);

    // When
    now += 30_000;
    source.makeReadings();

    // Then
    assertThat(times()).hasSize(3000 * 5).isSorted();
    assertThat(writer.packs()).allMatch(pack -> pack.size() <= 1000);
  }

  @Test
  void skipsWhatIsOlderThanAMinute() throws IOException {
    // Given
    SimulatorSource source = source(Duration.ofSeconds(1), 1);

    // When
    now += Duration.ofHours(1).toMillis();
    source.makeReadings();

    // Then
    assertThat(times()).hasSize(61).last().isEqualTo(1_700_003_600_000L);
  }

  @Test
  void waitsUntilAClockThatWasSetBackHasCaughtUp() throws IOException {
    // Given
    SimulatorSource source = source(Duration.ofSeconds(1), 1);
    now += 2000;
    source.makeReadings();

    // When
    now -= 10_000;
    source.makeReadings();
    now += 10_000;
    source.makeReadings();

    // Then
    assertThat(times()).doesNotHaveDuplicates().hasSize(2);
  }

  private SimulatorSource source(Duration interval, int sensors) {
    SimulatedDevice device =
        new SimulatedDevice(
            new DeviceId("lab", "sim"), sensors, interval, 1, Optional.empty(), fault -> {});
    SimulatorSource source =
        new SimulatorSource(device, Duration.ofSeconds(1), Duration.ZERO, unused, this::instant);
    source.begin(writer);
    return source;
  }

  private Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  private List<Long> times() {
    return writer.packs().stream().flatMap(List::stream).map(Reading::timeMillis).toList();
  }

  private static List<Long> every(long step, long first, int count) {
    return LongStream.range(0, count).mapToObj(i -> first + i * step).toList();
  }
}
