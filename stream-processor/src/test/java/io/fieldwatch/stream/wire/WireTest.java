package io.fieldwatch.stream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  /** The examples of the specification: field 1 is 150; field 2 is "testing"; field 3 holds 1. */
  @Test
  void writesWhatTheSpecificationShows() {
    WireWriter out = new WireWriter();
    out.number(1, 150);
    out.text(2, "testing");
    int begun = out.begin(3);
    out.number(1, 150);
    out.end(begun);

    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo("089601" + "120774657374696e67" + "1a03089601");
  }

  @Property
  void readsWhatItWrote(
      @ForAll long number,
      @ForAll long signed,
      @ForAll double real,
      @ForAll String text,
      @ForAll double[] reals,
      @ForAll byte[] bytes)
      throws IOException {
    // Given
    WireWriter out = new WireWriter();
    int begun = out.begin(7);
    out.number(1, number);
    out.signed(2, signed);
    out.real(3, real);
    out.text(4, text);
    out.reals(5, reals, reals.length);
    out.bytes(6, bytes);
    out.end(begun);

    // When
    WireReader outer = new WireReader(out.toByteArray());
    outer.next();
    WireReader in = outer.message();
    long numberRead = 0;
    long signedRead = 0;
    double realRead = 0;
    String textRead = "";
    double[] realsRead = {};
    byte[] bytesRead = {};
    while (in.next()) {
      switch (in.field()) {
        case 1 -> numberRead = in.number();
        case 2 -> signedRead = in.signed();
        case 3 -> realRead = in.real();
        case 4 -> textRead = in.text();
        case 5 -> realsRead = in.reals();
        default -> bytesRead = in.bytes();
      }
    }

    // Then
    assertThat(outer.next()).isFalse();
    assertThat(numberRead).isEqualTo(number);
    assertThat(signedRead).isEqualTo(signed);
    assertThat(realRead).isEqualTo(real);
    assertThat(textRead.getBytes(UTF_8)).isEqualTo(text.getBytes(UTF_8));
    assertThat(realsRead).containsExactly(reals);
    assertThat(bytesRead).isEqualTo(bytes);
  }

  @Property
  void writesDecimalsShortAndReadsThemBackToTheLastBit(
      @ForAll @Size(min = 1, max = 50)
          List<@LongRange(min = -10_000_000, max = 10_000_000) Long> wholes,
      @ForAll @IntRange(max = 4) int decimals)
      throws IOException {
    // Given what a sensor of so many decimals says, as its text is parsed
    double[] values =
        wholes.stream()
            .mapToDouble(whole -> BigDecimal.valueOf(whole, decimals).doubleValue())
            .toArray();
    WireWriter out = new WireWriter();

    // When
    out.reals(1, values, values.length);
    out.real(2, values[0]);

    // Then
    WireReader in = new WireReader(out.toByteArray());
    in.next();
    assertThat(in.reals()).containsExactly(values);
    assertThat(values[0] == 0 || in.next()).isTrue();
    assertThat(values[0] == 0 ? 0 : in.real()).isEqualTo(values[0]);
    assertThat(out.size()).isLessThanOrEqualTo(10 + 4 * values.length);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.0, Double.MIN_VALUE, 1e12, 0.1 + 0.2, 1e300, Double.NaN, 1.0 / 3})
  void writesOtherDoublesInFull(double value) throws IOException {
    WireWriter out = new WireWriter();
    out.real(1, value);
    out.reals(2, new double[] {1, value}, 2);

    WireReader in = new WireReader(out.toByteArray());
    in.next();
    assertThat(Double.doubleToRawLongBits(in.real())).isEqualTo(Double.doubleToRawLongBits(value));
    in.next();
    assertThat(in.reals()).containsExactly(1, value);
  }

  @Test
  void skipsWhatItDoesNotKnow() throws IOException {
    WireWriter out = new WireWriter();
    out.number(100, 1);
    out.real(101, 2);
    out.text(102, "of a later version");
    out.number(1, 3);

    WireReader in = new WireReader(out.toByteArray());
    long known = 0;
    while (in.next()) {
      if (in.field() == 1) {
        known = in.number();
      } else {
        in.skip();
      }
    }

    assertThat(known).isEqualTo(3);
  }

  @Property
  void answersAnyBytesWithFieldsOrWithAnError(@ForAll byte[] bytes) {
    WireReader in = new WireReader(bytes);
    try {
      while (in.next()) {
        in.skip();
      }
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("Cannot read state");
    }
  }

  @Test
  void refusesALengthBeyondItsEnd() {
    byte[] bytes = HexFormat.of().parseHex("0affffffff0f00");

    assertThatThrownBy(
            () -> {
              WireReader in = new WireReader(bytes);
              in.next();
              in.bytes();
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("claims 4294967295 bytes, 1 are left");
  }
}
