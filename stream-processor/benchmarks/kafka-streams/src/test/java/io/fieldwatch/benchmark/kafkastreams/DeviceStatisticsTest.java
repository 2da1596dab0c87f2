package io.fieldwatch.benchmark.kafkastreams;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.benchmark.plain.PlainReading;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class DeviceStatisticsTest {
  private static final long START = 1_700_000_000_000L;

  @Test
  void sensorsStayApartAndSurviveTheStore() {
    // Given
    Serde<DeviceStatistics> serde = StateSerde.of(DeviceStatistics::write, DeviceStatistics::read);
    DeviceStatistics device =
        new DeviceStatistics()
            .add(List.of(new PlainReading("a", START, 1), new PlainReading("b", START, 5)));

    // When
    DeviceStatistics stored =
        serde.deserializer().deserialize("store", serde.serializer().serialize("store", device));
    stored.add(List.of(new PlainReading("a", START + 1, 3)));

    // Then
    assertThat(stored.results(START).stream().map(WindowRecord::parse))
        .containsExactly(
            new WindowRecord("a", START, 2, 2, Math.sqrt(2), 1, 3, 2.9),
            new WindowRecord("b", START, 1, 5, 0, 5, 5, 5));
  }
}
