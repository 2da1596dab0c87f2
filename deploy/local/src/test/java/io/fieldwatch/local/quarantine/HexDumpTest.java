package io.fieldwatch.local.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HexDumpTest {
  @Test
  void shows_places_bytes_and_text() {
    assertThat(HexDump.of("{\"pressure\": 1.5}\n\u00e9".getBytes(UTF_8), 100))
        .containsExactly(
            "00000000  7b 22 70 72 65 73 73 75 72 65 22 3a 20 31 2e 35  |{\"pressure\": 1.5|",
            "00000010  7d 0a c3 a9                                      |}...|");
  }

  @Test
  void says_how_much_is_left_out() {
    assertThat(HexDump.of(new byte[40], 16)).hasSize(2).last().isEqualTo("… and 24 more bytes");
  }
}
