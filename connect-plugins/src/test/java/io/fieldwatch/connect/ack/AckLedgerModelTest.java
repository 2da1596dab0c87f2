package io.fieldwatch.connect.ack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.connect.ack.AckLedger.Arrival;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Random lives of a session against a model of broker and Kafka. The broker uses the lowest free
 * packet identifier, so that identifiers are reused as soon as the protocol allows it.
 */
class AckLedgerModelTest {
  private static final int ACTIONS = 10;

  @Property(tries = 2_000)
  void whatTheBrokerForgetsIsInKafka(
      @ForAll @Size(max = 150) List<@IntRange(min = 0, max = 9_999) Integer> script) {
    World world = new World();
    for (int step : script) {
      world.act(step % ACTIONS, step / ACTIONS);
    }
    world.settle();
  }

  /** Broker, connection and Kafka around the ledger under test. */
  private static final class World {
    private final AckLedger ledger = new AckLedger(() -> {});

    /** What the broker holds, by packet identifier in the order of its deliveries. */
    private final Map<Integer, String> unacknowledged = new LinkedHashMap<>();

    /** What was delivered on this connection and has no PUBACK, in the order of delivery. */
    private final ArrayDeque<Integer> deliveredHere = new ArrayDeque<>();

    /** What the ledger said to produce and is not committed yet. */
    private final List<Map.Entry<Slot, String>> producing = new ArrayList<>();

    private final Set<String> kafka = new HashSet<>();
    private final Map<String, Integer> produced = new HashMap<>();

    /** Messages that may come twice: their PUBACK got lost on the way to the broker. */
    private final Set<String> pubackLost = new HashSet<>();

    private int messages;
    private int connection;
    private boolean connected;
    private boolean opened;

    void act(int action, int choice) {
      switch (action) {
        case 0, 1, 2 -> publish();
        case 3, 4 -> commit(choice);
        case 5 -> acknowledge();
        case 6 -> acknowledgeAndLosePubacks(choice);
        case 7 -> disconnect();
        case 8 -> reconnectKept(choice);
        default -> reconnectNew();
      }
    }

    /** In the end, with everything committed, the broker holds nothing and Kafka has everything. */
    void settle() {
      reconnectKept(0);
      while (!producing.isEmpty()) {
        commit(0);
      }
      acknowledge();
      assertThat(unacknowledged).isEmpty();
      assertThat(ledger.inFlight()).isZero();
      produced.forEach(
          (message, times) -> {
            if (!pubackLost.contains(message)) {
              assertThat(times).as(message).isEqualTo(1);
            }
          });
    }

    private void publish() {
      if (!connected || !opened) {
        return;
      }
      int id = 1;
      while (unacknowledged.containsKey(id)) {
        id++;
      }
      messages++;
      unacknowledged.put(id, "m" + messages);
      deliver(id);
    }

    private void deliver(int id) {
      String message = requireNonNull(unacknowledged.get(id));
      Slot slot = new Slot(Delivery.of(id, "t", message.getBytes(UTF_8)), 0);
      deliveredHere.add(id);
      if (ledger.arrive(connection, slot) == Arrival.NEW) {
        producing.add(Map.entry(slot, message));
        produced.merge(message, 1, Integer::sum);
      }
    }

    private void commit(int choice) {
      if (!producing.isEmpty()) {
        Map.Entry<Slot, String> record = producing.remove(choice % producing.size());
        kafka.add(record.getValue());
        ledger.commit(record.getKey());
      }
    }

    private void acknowledge() {
      ledger.acknowledge(connection, this::receivePuback);
    }

    private void receivePuback(int id) {
      requireSendable(id);
      deliveredHere.removeFirst();
      unacknowledged.remove(id);
    }

    /** PUBACKs leave, but the connection breaks before the broker has them. */
    private void acknowledgeAndLosePubacks(int choice) {
      if (choice % 4 != 0) {
        return;
      }
      ledger.acknowledge(
          connection,
          id -> {
            requireSendable(id);
            deliveredHere.removeFirst();
            pubackLost.add(unacknowledged.get(id));
          });
      disconnect();
    }

    private void requireSendable(int id) {
      assertThat(connected && opened).as("a PUBACK leaves on an open connection").isTrue();
      assertThat(id).as("PUBACKs leave in order").isEqualTo(deliveredHere.peekFirst());
      assertThat(kafka).as("only what Kafka has").contains(unacknowledged.get(id));
    }

    private void disconnect() {
      if (connected) {
        int ended = connection;
        ledger.end(ended);
        connected = false;
        opened = false;
        deliveredHere.clear();
        assertThat(ledger.arrive(ended, new Slot(Delivery.of(1, "t", new byte[0]), 0)))
            .isEqualTo(Arrival.STALE);
      }
    }

    private void reconnectKept(int choice) {
      disconnect();
      connection = ledger.begin();
      connected = true;
      List<Integer> again = List.copyOf(unacknowledged.keySet());
      int beforeAnswer = again.isEmpty() ? 0 : choice % (again.size() + 1);
      again.subList(0, beforeAnswer).forEach(this::deliver);
      acknowledge();
      ledger.openKept(connection);
      opened = true;
      again.subList(beforeAnswer, again.size()).forEach(this::deliver);
    }

    /** The broker lost the session: what it held is gone, which is its own promise to break. */
    private void reconnectNew() {
      disconnect();
      unacknowledged.clear();
      connection = ledger.begin();
      connected = true;
      ledger.openNew(connection);
      opened = true;
    }
  }
}
