package io.fieldwatch.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "21.5, 21.5",
    "-21.25, -21.25",
    "0.1, 0.1",
    "0.001, 0.001",
    "1e-5, 0.00001",
    "999999999999999, 999999999999999",
    "1e15, 1.0E15",
    "-1e300, -1.0E300",
    "0.30000000000000004, 0.30000000000000004",
    "4.9E-324, 4.9E-324"
  })
  void aDoubleIsWrittenShort(double number, String text) {
    assertThat(new JsonWriter(0).number(number).toBytes()).asString(UTF_8).isEqualTo(text);
  }

  @Property
  void anyDoubleReadsBackAsItself(@ForAll("doubles") double number) {
    // When
    String text = new String(new JsonWriter(0).number(number).toBytes(), UTF_8);

    // Then
    assertThat(Double.parseDouble(text)).isEqualTo(number);
  }

  @Property
  void aDecimalOfFifteenDigitsIsWrittenWithThoseDigits(
      @ForAll long any, @ForAll @IntRange(min = 0, max = 15) int decimals) {
    // Given
    long digits = any % 1_000_000_000_000_000L;
    String expected = new String(new JsonWriter(0).decimal(digits, decimals).toBytes(), UTF_8);

    // When
    String text =
        new String(new JsonWriter(0).number(Double.parseDouble(expected)).toBytes(), UTF_8);

    // Then
    assertThat(text).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRefused(double number) {
    assertThatThrownBy(() -> new JsonWriter(0).number(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write " + number + " as JSON: not finite");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 10, 1_700_000_000_250L, Long.MAX_VALUE, Long.MIN_VALUE})
  void aWholeNumberIsWrittenAsJavaDoes(long number) {
    assertThat(new JsonWriter(0).number(number).toBytes())
        .asString(UTF_8)
        .isEqualTo(Long.toString(number));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000250, 3, 1700000000.25",
    "-1, 3, -0.001",
    "0, 3, 0",
    "1000, 3, 1",
    "50, 9, 0.00000005"
  })
  void anAmountIsWrittenInLargerUnitsExactly(long amount, int decimals, String text) {
    assertThat(new JsonWriter(0).decimal(amount, decimals).toBytes())
        .asString(UTF_8)
        .isEqualTo(text);
  }

  @Test
  void textIsEscaped() {
    assertThat(new JsonWriter(0).string("a\"b\\c\n\u0001é€😀/\ud83d!").toBytes())
        .asString(UTF_8)
        .isEqualTo("\"a\\\"b\\\\c\\u000a\\u0001é€😀/?!\"");
  }

  @Provide
  Arbitrary<Double> doubles() {
    return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
  }
}
