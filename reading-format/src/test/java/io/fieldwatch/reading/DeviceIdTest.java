package io.fieldwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceIdTest {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  @Test
  void aKeyIsParsedToWhatItWasMadeOf() {
    // Given
    DeviceId device = new DeviceId("plant-1", "pump-7");

    // Then
    assertThat(DeviceId.parse(device.key())).isEqualTo(device);
    assertThat(device.baseName()).isEqualTo("plant-1/pump-7/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lab", "/", "lab/", "/x1", "lab/x1/y", "lab/x 1", ".lab/x1"})
  void aBadKeyIsRefused(String key) {
    assertThatThrownBy(() -> DeviceId.parse(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid ");
  }

  @Test
  void aRefusalQuotesNoControlCharacters() {
    assertThatThrownBy(() -> new DeviceId("lab", "x\u001b[31m"))
        .hasMessage("Invalid device name 'x?[31m': expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }

  @Property
  void aNameIsWhatTheContractsPatternSays(@ForAll("almostNames") String text) {
    assertThat(DeviceId.isName(text)).isEqualTo(NAME.matcher(text).matches());
  }

  @Provide
  Arbitrary<String> almostNames() {
    return Arbitraries.strings()
        .withCharRange('a', 'c')
        .withCharRange('Y', 'Z')
        .withCharRange('0', '1')
        .withChars("._-/ é\n")
        .ofMinLength(0)
        .ofMaxLength(66);
  }
}
