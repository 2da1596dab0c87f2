package io.fieldwatch.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.agent.source.RecordingWriter;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class HostSourceTest {
  @Test
  void readsThisMachine() {
    // Given
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    RecordingWriter writer = new RecordingWriter();

    // When
    try (HostSource host =
        new HostSource(Duration.ofMillis(100), scheduler, InstantSource.system())) {
      host.start(writer);
      await().atMost(Duration.ofSeconds(20)).until(() -> writer.packs().size() >= 2);

      // Then
      List<Reading> readings = writer.packs().get(1);
      assertThat(readings.stream().map(Reading::sensor))
          .containsExactlyElementsOf(
              host.sensors().stream().map(DeviceStatus.Sensor::name).toList());
      assertThat(valueOf("memory-available", readings)).isPositive();
      assertThat(valueOf("cpu-usage", readings)).isBetween(0.0, 1.0);
    } finally {
      scheduler.shutdown();
    }
  }

  private static double valueOf(String sensor, List<Reading> readings) {
    return readings.stream()
        .filter(r -> r.sensor().equals(sensor))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
