package io.fieldwatch.agent.mqtt;

import static org.awaitility.Awaitility.await;

import io.fieldwatch.agent.mqtt.DeviceSession.Announcement;
import io.fieldwatch.agent.spool.BootId;
import io.fieldwatch.agent.spool.Spool;
import io.fieldwatch.agent.spool.SpoolLimits;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceSessionTest {
  /** Nobody listens there. */
  private static final BrokerSettings BROKER =
      new BrokerSettings("tcp://127.0.0.1:1", 10, Optional.empty());

  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void triesAgainAfterAnUncheckedException(@TempDir Path folder) throws Exception {
    // Given
    SpoolLimits limits = SpoolLimits.ofBytes(SpoolLimits.MIN_BYTES);
    try (Spool spool = Spool.open(folder, limits, new BootId("boot"), new Random(1))) {
      DeviceSession session =
          new DeviceSession(
              new DeviceId("lab", "device"),
              spool,
              BROKER,
              new Announcement("1", Duration.ofSeconds(1), this::failAtFirst),
              InstantSource.system(),
              new Random(1));
      try {
        // When
        session.start();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> attempts.get() > 1);
      } finally {
        session.stop(Duration.ZERO);
        session.join();
      }
    }
  }

  /** The sensors are asked at each attempt, for the last will. */
  private List<DeviceStatus.Sensor> failAtFirst() {
    if (attempts.incrementAndGet() == 1) {
      throw new IllegalStateException("a defect");
    }
    return List.of();
  }
}
