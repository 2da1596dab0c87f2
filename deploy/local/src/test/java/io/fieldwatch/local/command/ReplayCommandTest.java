package io.fieldwatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatus.Counts;
import io.fieldwatch.status.DeviceStatus.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReplayCommandTest {
  private static final DeviceId PLAYED = new DeviceId("lab", "pump");
  private static final DeviceId OTHER = new DeviceId("lab", "fan");
  private static final long YEAR_2100 = 4_102_444_800_000L;

  @Test
  void the_wait_for_an_empty_spool_ends_with_the_agent() throws Exception {
    // When
    Optional<Counts> counts =
        ReplayCommand.awaitEmptySpool(
            PLAYED,
            to -> {
              to.accept(OTHER, status(0));
              to.accept(PLAYED, status(2));
            },
            () -> false);

    // Then
    assertThat(counts).isEmpty();
  }

  @Test
  void what_an_agent_said_last_holds_although_it_has_ended_since() throws Exception {
    // When
    Optional<Counts> counts =
        ReplayCommand.awaitEmptySpool(PLAYED, to -> to.accept(PLAYED, status(0)), () -> false);

    // Then
    assertThat(counts).map(Counts::producedPacks).contains(10L);
  }

  @Test
  void an_agent_that_is_there_is_waited_for_until_its_spool_is_empty() throws Exception {
    // Given
    AtomicInteger waiting = new AtomicInteger(3);

    // When
    Optional<Counts> counts =
        ReplayCommand.awaitEmptySpool(
            PLAYED, to -> to.accept(PLAYED, status(waiting.decrementAndGet())), () -> true);

    // Then
    assertThat(counts).isPresent();
    assertThat(waiting).hasValue(0);
  }

  private static DeviceStatus status(long waitingPacks) {
    long acknowledged = 10 - waitingPacks;
    return new DeviceStatus(
        State.ONLINE,
        "heartbeat",
        "k3f9",
        "1",
        YEAR_2100,
        Optional.of(new Counts(10, 10, acknowledged, acknowledged, 0, waitingPacks, waitingPacks)),
        List.of());
  }
}
