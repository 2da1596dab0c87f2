package io.fieldwatch.local.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  private final Path folder;

  PortsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void a_port_stays_the_same_from_one_start_to_the_next() throws IOException {
    // Given
    int chosen = ports(1).port("kafka");

    // When
    int again = ports(2).port("kafka");

    // Then
    assertThat(again).isEqualTo(chosen).isBetween(20_000, 32_000);
  }

  @Test
  void two_names_never_share_a_port() throws IOException {
    // Given
    Ports ports = ports(1);

    // When
    long different = IntStream.range(0, 100).map(i -> ports.port("p" + i)).distinct().count();

    // Then
    assertThat(different).isEqualTo(100);
  }

  @Test
  void a_port_that_another_process_took_is_chosen_anew_and_the_others_stay() throws IOException {
    // Given
    int kafka = ports(1).port("kafka");
    int mqtt = ports(2).port("mqtt");
    Ports ports = ports(3);

    // When
    try (ServerSocket foreign = new ServerSocket(kafka, 1, InetAddress.getLoopbackAddress())) {
      ports.renewTaken();
      assertThat(foreign.getLocalPort()).isEqualTo(kafka);
    }

    // Then
    assertThat(ports.port("kafka")).isNotEqualTo(kafka);
    assertThat(ports.port("mqtt")).isEqualTo(mqtt);
    assertThat(ports(4).port("kafka")).isEqualTo(ports.port("kafka"));
  }

  @Test
  void a_port_written_by_hand_is_used_and_nonsense_is_refused() throws IOException {
    // Given
    Files.writeString(file(), "mqtt=1883\n");
    assertThat(ports(1).port("mqtt")).isEqualTo(1883);

    // When
    Files.writeString(file(), "mqtt=lots\n");

    // Then
    assertThatThrownBy(() -> ports(1))
        .hasMessageContaining("'lots' for mqtt is no port between 1 and 65535");
  }

  private Ports ports(long seed) throws IOException {
    return Ports.keptIn(file(), new Random(seed));
  }

  private Path file() {
    return folder.resolve("ports.properties");
  }
}
