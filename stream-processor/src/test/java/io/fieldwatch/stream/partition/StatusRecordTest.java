package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What agents say of themselves, in the log of readings: said now, or kept by the broker. */
class StatusRecordTest {
  private static final long T0 = 1_700_000_000_000L;

  private final Results results = new Results();

  @Test
  void aLiveStatusTellsOfNow() {
    // When
    results.apply(List.of(status(0, LogRecord.Delivery.LIVE, 3)));

    // Then
    assertThat(results.device("lab/d0").backlogPacks()).isEqualTo(3);
    assertThat(results.device("lab/d0").lastIngestMillis()).isEqualTo(T0);
  }

  @Test
  void aStatusThatTheBrokerHadKeptDoesNot() {
    // When
    results.apply(List.of(status(0, LogRecord.Delivery.RETAINED, 3)));

    // Then
    assertThat(results.device("lab/d0").backlogPacks()).isZero();
    assertThat(results.device("lab/d0").lastIngestMillis()).isLessThan(T0);
  }

  @Test
  void aStatusThatTheBrokerHadKeptNeverComesBeforeALiveOne() {
    // When
    results.apply(
        List.of(status(0, LogRecord.Delivery.LIVE, 3), status(1, LogRecord.Delivery.RETAINED, 99)));

    // Then
    assertThat(results.device("lab/d0").backlogPacks()).isEqualTo(3);
  }

  private static LogRecord status(long offset, LogRecord.Delivery delivery, int spoolPacks) {
    String text =
        """
        {"state":"online","reason":"heartbeat","epoch":"e","agent":"1","time":%d,
         "counts":{"producedReadings":1,"producedPacks":1,"acknowledgedPacks":1,
         "acknowledgedReadings":1,"droppedReadings":0,"spoolPacks":%d,"spoolReadings":1},
         "sensors":[]}"""
            .formatted(T0, spoolPacks);
    return new LogRecord(
        offset,
        T0,
        "fieldwatch/lab/d0/status",
        delivery,
        "lab/d0".getBytes(UTF_8),
        text.getBytes(UTF_8));
  }
}
