package io.fieldwatch.connect.ack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.connect.ack.AckLedger.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
  private final List<Integer> acknowledged = new ArrayList<>();
  private final AckLedger ledger = new AckLedger(() -> {});

  @Test
  void aMessageIsAcknowledgedAfterItsCommit() {
    // Given
    int connection = openNew();
    Slot slot = slot(1, "a");
    ledger.arrive(connection, slot);
    int before = acknowledge(connection);

    // When
    ledger.commit(slot);
    int after = acknowledge(connection);

    // Then
    assertThat(before).isZero();
    assertThat(after).isEqualTo(1);
    assertThat(acknowledged).containsExactly(1);
    assertThat(ledger.inFlight()).isZero();
  }

  @Test
  void acknowledgementsLeaveInTheOrderOfArrival() {
    // Given
    int connection = openNew();
    Slot first = slot(1, "a");
    Slot second = slot(2, "b");
    Slot third = slot(3, "c");
    List.of(first, second, third).forEach(slot -> ledger.arrive(connection, slot));

    // When
    ledger.commit(third);
    ledger.commit(second);
    acknowledge(connection);
    List<Integer> beforeTheFirst = List.copyOf(acknowledged);
    ledger.commit(first);
    acknowledge(connection);

    // Then
    assertThat(beforeTheFirst).isEmpty();
    assertThat(acknowledged).containsExactly(1, 2, 3);
  }

  @Test
  void nothingIsAcknowledgedBeforeTheBrokerHasAcceptedTheConnection() {
    // Given
    int connection = ledger.begin();
    Slot slot = slot(1, "a");
    ledger.arrive(connection, slot);
    ledger.commit(slot);

    // When
    int before = acknowledge(connection);
    ledger.openKept(connection);
    int after = acknowledge(connection);

    // Then
    assertThat(before).isZero();
    assertThat(after).isEqualTo(1);
  }

  @Test
  void aLateCommitCannotAcknowledgeAnotherMessageWithTheSameIdentifier() {
    // Given
    Slot old = slot(1, "old");
    ledger.arrive(openNew(), old);
    int connection = openNew();
    ledger.arrive(connection, slot(1, "new"));

    // When
    ledger.commit(old);
    acknowledge(connection);

    // Then
    assertThat(acknowledged).isEmpty();
  }

  @Test
  void aRedeliveredMessageIsKnownAndAcknowledgedByItsFirstCommit() {
    // Given
    Slot original = slot(1, "a");
    ledger.arrive(openNew(), original);
    int connection = openKept();

    // When
    Arrival arrival = ledger.arrive(connection, slot(1, "a"));
    acknowledge(connection);
    List<Integer> beforeTheCommit = List.copyOf(acknowledged);
    ledger.commit(original);
    acknowledge(connection);

    // Then
    assertThat(arrival).isEqualTo(Arrival.KNOWN);
    assertThat(beforeTheCommit).isEmpty();
    assertThat(acknowledged).containsExactly(1);
  }

  @Test
  void aRedeliveryIsKnownOverSeveralConnections() {
    // Given
    Slot original = slot(1, "a");
    ledger.arrive(openNew(), original);
    ledger.commit(original);
    ledger.end(openKept());
    ledger.begin();
    int connection = openKept();

    // When
    Arrival arrival = ledger.arrive(connection, slot(1, "a"));

    // Then
    assertThat(arrival).isEqualTo(Arrival.KNOWN);
    assertThat(acknowledge(connection)).isEqualTo(1);
  }

  @Test
  void aNewSessionForgetsTheOldOnesMessages() {
    // Given
    Slot original = slot(1, "a");
    ledger.arrive(openNew(), original);
    int connection = openNew();

    // When
    Arrival arrival = ledger.arrive(connection, slot(1, "a"));

    // Then
    assertThat(arrival).isEqualTo(Arrival.NEW);
  }

  @Test
  void anIdentifierThatComesWithOtherBytesIsAnotherMessage() {
    // Given
    ledger.arrive(openNew(), slot(1, "a"));
    int connection = openKept();

    // When
    Arrival arrival = ledger.arrive(connection, slot(1, "b"));

    // Then
    assertThat(arrival).isEqualTo(Arrival.NEW);
  }

  @Test
  void aMessageOfAnEndedConnectionIsStale() {
    // Given
    int ended = openNew();
    ledger.end(ended);

    // When
    Arrival arrival = ledger.arrive(ended, slot(1, "a"));

    // Then
    assertThat(arrival).isEqualTo(Arrival.STALE);
    assertThat(ledger.inFlight()).isZero();
  }

  @Test
  void aMessageWhosePubackFailedIsStillInLine() {
    // Given
    int connection = openNew();
    Slot slot = slot(1, "a");
    ledger.arrive(connection, slot);
    ledger.commit(slot);

    // When
    assertThatThrownBy(
            () ->
                ledger.acknowledge(
                    connection,
                    id -> {
                      throw new IllegalStateException("broken pipe");
                    }))
        .hasMessage("broken pipe");

    // Then
    assertThat(ledger.inFlight()).isEqualTo(1);
    assertThat(acknowledge(connection)).isEqualTo(1);
  }

  @Test
  void theOldestMessageIsTheFirstWithoutPuback() {
    // Given
    int connection = openNew();
    Slot first = new Slot(Delivery.of(1, "t", new byte[1]), 100);
    ledger.arrive(connection, first);
    ledger.arrive(connection, new Slot(Delivery.of(2, "t", new byte[1]), 200));

    // When
    ledger.commit(first);
    acknowledge(connection);

    // Then
    assertThat(ledger.oldestArrivalMillis()).hasValue(200);
  }

  @Test
  void aCommitWakesWhoSendsThePubacks() {
    // Given
    List<String> calls = new ArrayList<>();
    AckLedger waking = new AckLedger(() -> calls.add("commit"));

    // When
    waking.commit(slot(1, "a"));

    // Then
    assertThat(calls).containsExactly("commit");
  }

  @Test
  void aPacketIdentifierIsChecked() {
    assertThatThrownBy(() -> Delivery.of(0, "t", new byte[0]))
        .hasMessage("Invalid packet id 0: must be 1..65535");
  }

  private int openNew() {
    int connection = ledger.begin();
    ledger.openNew(connection);
    return connection;
  }

  private int openKept() {
    int connection = ledger.begin();
    ledger.openKept(connection);
    return connection;
  }

  private int acknowledge(int connection) {
    return ledger.acknowledge(connection, acknowledged::add);
  }

  private static Slot slot(int packetId, String payload) {
    return new Slot(Delivery.of(packetId, "t", payload.getBytes(UTF_8)), 0);
  }
}
