package io.fieldwatch.agent.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.reading.PackId;
import org.junit.jupiter.api.Test;

class InFlightWindowTest {
  private final InFlightWindow window = new InFlightWindow(3);

  @Test
  void givesOnlyTheAcknowledgedPacksBeforeTheFirstThatIsNot() {
    // Given
    window.send(pack(1));
    window.send(pack(2));
    window.send(pack(3));

    // When
    window.acknowledge(pack(1));
    window.acknowledge(pack(3));

    // Then
    assertThat(window.takeAcknowledged()).contains(pack(1));
    assertThat(window.takeAcknowledged()).isEmpty();
    window.acknowledge(pack(2));
    assertThat(window.takeAcknowledged()).contains(pack(3));
  }

  @Test
  void hasRoomAgainOnceTheOldestPackIsTaken() {
    // Given
    window.send(pack(1));
    window.send(pack(2));
    window.send(pack(3));

    // When
    window.acknowledge(pack(2));
    boolean roomBefore = window.hasRoom();
    window.acknowledge(pack(1));
    window.takeAcknowledged();

    // Then
    assertThat(roomBefore).isFalse();
    assertThat(window.hasRoom()).isTrue();
  }

  @Test
  void refusesMoreThanItHolds() {
    // Given
    window.send(pack(1));
    window.send(pack(2));
    window.send(pack(3));

    // When, then
    assertThatThrownBy(() -> window.send(pack(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the window is full");
  }

  @Test
  void ignoresStrangers() {
    // Given
    window.send(pack(1));

    // When
    window.acknowledge(pack(9));

    // Then
    assertThat(window.takeAcknowledged()).isEmpty();
  }

  private static PackId pack(long seq) {
    return new PackId("epoch", seq);
  }
}
