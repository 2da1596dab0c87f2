package io.fieldwatch.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aValueIsFinite(double value) {
    assertThatThrownBy(() -> new Reading("a", 0, value, ""))
        .hasMessage("Invalid value " + value + " of sensor 'a': not a finite number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\u0000", "\ud83d", "\ude00\ud83d"})
  void aUnitIsPrintable(String unit) {
    assertThat(Reading.isUnit(unit)).isFalse();
    assertThatThrownBy(() -> new Reading("a", 0, 1, unit))
        .hasMessageEndingWith(" of sensor 'a': expected at most 64 printable characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Cel", "%RH", "°C", "\"", "😀"})
  void aUnitMayBeAnyPrintableText(String unit) {
    assertThat(Reading.isUnit(unit)).isTrue();
  }

  @Test
  void aUnitIsBounded() {
    assertThat(Reading.isUnit("m".repeat(64))).isTrue();
    assertThat(Reading.isUnit("m".repeat(65))).isFalse();
  }

  @Test
  void aPackHasAReading() {
    assertThatThrownBy(() -> new Pack(new DeviceId("lab", "x1"), Optional.empty(), List.of()))
        .hasMessage("Invalid pack of lab/x1: no readings");
  }

  @Test
  void aPacksIdentityIsAName() {
    assertThatThrownBy(() -> new PackId("a/b", 1)).hasMessageStartingWith("Invalid epoch");
    assertThatThrownBy(() -> new PackId("a", 0)).hasMessage("Invalid seq 0: must be 1 or more");
  }
}
