package io.fieldwatch.local.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes are those of MQTT 3.1.1, sections 3.1 and 3.3, worked out by hand. */
class MqttPacketsTest {
  @Test
  void connect_opens_a_clean_session_without_keep_alive() {
    assertThat(hex(MqttPackets.connect("ab"))).isEqualTo("100e00044d5154540402000000026162");
  }

  @Test
  void publish_asks_for_an_acknowledgement() {
    assertThat(hex(MqttPackets.publish("t".getBytes(UTF_8), 258, "hi".getBytes(UTF_8))))
        .isEqualTo("32070001740102" + "6869");
  }

  @Test
  void a_retained_message_says_so() {
    assertThat(hex(MqttPackets.publishRetained("t".getBytes(UTF_8), 1, new byte[0])))
        .isEqualTo("33050001740001");
  }

  @Test
  void a_long_packet_has_its_length_in_groups_of_seven_bits() {
    ByteBuffer packet = MqttPackets.publish("t".getBytes(UTF_8), 1, new byte[321 - 5]);

    assertThat(packet.remaining()).isEqualTo(3 + 321);
    assertThat(hex(packet)).startsWith("32c102");
  }

  private static String hex(ByteBuffer packet) {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
