package io.fieldwatch.senml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.PackDecoder.Limits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackDecoderTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "x1");

  private final PackDecoder decoder = new PackDecoder(Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();

  @Test
  void baseFieldsHoldUntilTheyAreGivenAgain() throws PackRejectedException {
    // When
    decode(
        """
        [{'bn':'lab/x1/','bt':1700000000,'bu':'Cel','bv':20,'n':'a','v':1},
         {'n':'b','t':1,'v':2},
         {'bt':1700000100,'bu':'K','bv':0,'n':'a','v':3},
         {'n':'b','u':'%RH','t':-1,'v':4}]
        """);

    // Then
    assertThat(buffer.toPack().readings())
        .containsExactly(
            new Reading("a", 1_700_000_000_000L, 21, "Cel"),
            new Reading("b", 1_700_000_001_000L, 22, "Cel"),
            new Reading("a", 1_700_000_100_000L, 3, "K"),
            new Reading("b", 1_700_000_099_000L, 4, "%RH"));
  }

  @Test
  void whatAValueSaysIsKept() throws PackRejectedException {
    // When
    decode(
        """
        [{'bn':'lab/x1/','bt':1700000000,'bs':1000,'n':'gauge','v':1,'s':5},
         {'n':'counter','s':7},
         {'n':'switch','vb':true,'s':7},
         {'bs':0,'n':'counter','s':8}]
        """);

    // Then
    assertThat(buffer.toPack().readings())
        .containsExactly(
            new Reading("gauge", 1_700_000_000_000L, 1, "", ValueKind.NUMBER),
            new Reading("counter", 1_700_000_000_000L, 1007, "", ValueKind.SUM),
            new Reading("switch", 1_700_000_000_000L, 1, "", ValueKind.BOOLEAN),
            new Reading("counter", 1_700_000_000_000L, 8, "", ValueKind.SUM));
  }

  @Test
  void fieldsOfARecordMayStandInAnyOrder() throws PackRejectedException {
    // When
    decode(
        "[{'v':1,'u':'V','n':'a','t':2,'seq':7,'bv':1,'bu':'A','bt':1.7e9,'bn':'lab/x1/',"
            + "'epoch':'e1'}]");

    // Then
    assertThat(buffer.toPack())
        .isEqualTo(
            new Pack(
                DEVICE,
                Optional.of(new PackId("e1", 7)),
                List.of(new Reading("a", 1_700_000_002_000L, 2, "V"))));
  }

  @Test
  void aBooleanIsOneOrZeroAndTakesNoBaseValue() throws PackRejectedException {
    // When
    decode("[{'bn':'lab/x1/','bt':1700000000,'bv':5,'n':'a','vb':true},{'n':'a','vb':false}]");

    // Then
    assertThat(buffer.value(0)).isEqualTo(1);
    assertThat(buffer.value(1)).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({"lab/x1/, a", "lab/x1, /a", "lab/, x1/a", "lab/x1/a, ''", "'', lab/x1/a"})
  void aNameMayBeDividedAnywhere(String baseName, String name) throws PackRejectedException {
    // When
    decode("[{'bn':'%s','bt':1700000000,'n':'%s','v':1}]".formatted(baseName, name));

    // Then
    assertThat(buffer.sensor(0)).isEqualTo("a");
  }

  @Test
  void theDevicesOwnBaseNameMayFollowAnotherThatResolvedToIt() throws PackRejectedException {
    // When
    decode("[{'bn':'lab/','bt':1700000000,'n':'x1/a','v':1},{'bn':'lab/x1/','n':'b','v':2}]");

    // Then
    assertThat(buffer.sensor(0)).isEqualTo("a");
    assertThat(buffer.sensor(1)).isEqualTo("b");
  }

  @Test
  void unknownFieldsAreIgnoredHoweverTheyNest() throws PackRejectedException {
    // When
    decode(
        "[{'bn':'lab/x1/','x':{'v':[1,{'n':[]}],'y_':2},'bt':1700000000,'n':'a','v':1,'z':null,"
            + "'N':[[],{}],'_q':5}]");

    // Then
    assertThat(buffer.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000.001, 0, 1700000000001",
    "1700000000.0014, 0, 1700000000001",
    "1700000000.0016, 0, 1700000000002",
    "1700000000.999, 0.001, 1700000001000",
    "1700000000.001, 0.001, 1700000000002",
    "1700000000.1, 0.2, 1700000000300",
    "1.700000000001e9, -1e-3, 1700000000000",
    "268435456, 0, 268435456000",
    "0, 268435456, 268435456000",
    "253402300799.999, 0, 253402300799999",
    "99999999999, 0.001, 99999999999001"
  })
  void timesBecomeTheNearestMillisecond(String base, String time, long millis)
      throws PackRejectedException {
    // When
    decode("[{'bn':'lab/x1/','bt':%s,'n':'a','t':%s,'v':1}]".formatted(base, time));

    // Then
    assertThat(buffer.timeMillis(0)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "1",
        "-1.5",
        "21.50",
        "0.1",
        "1e3",
        "1E-3",
        "-2.5e+10",
        "123456789012345678",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "0.30000000000000004",
        "4.9e-324",
        "1.7976931348623157e308",
        "1e-400",
        "100000000000000000000000",
        "0.00000000000000001",
        "9007199254740992",
        "9007199254740991.5",
        "8.41E21",
        "2.2250738585072012e-308"
      })
  void aNumberIsTheNearestDouble(String number) throws PackRejectedException {
    // When
    decode("[{'bn':'lab/x1/','bt':1700000000,'n':'a','v':%s}]".formatted(number));

    // Then
    assertThat(buffer.value(0)).isEqualTo(Double.parseDouble(number));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 26})
  void knownVersionsAreAccepted(int version) throws PackRejectedException {
    // When
    decode("[{'bver':%d,'bn':'lab/x1/','bt':1700000000,'n':'a','v':1}]".formatted(version));

    // Then
    assertThat(buffer.size()).isEqualTo(1);
  }

  @Test
  void aPackWithoutIdentityHasNone() throws PackRejectedException {
    // When
    decode("[{'bn':'lab/x1/','bt':1700000000,'n':'a','v':1}]");

    // Then
    assertThat(buffer.hasId()).isFalse();
    assertThatThrownBy(buffer::seq).isInstanceOf(IllegalStateException.class);
    assertThat(buffer.toPack().id()).isEmpty();
  }

  @Test
  void aNewBufferIsEmpty() {
    assertThat(buffer.size()).isZero();
    assertThatThrownBy(buffer::device).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(buffer::toPack).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> buffer.value(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aPackAsLargeAsTheBoundIsAccepted() throws PackRejectedException {
    // Given
    PackDecoder bounded = new PackDecoder(new Limits(200, 2));
    String records = "[{'bn':'lab/x1/','bt':1700000000,'n':'a','v':1},{'n':'b','v':2}]";
    byte[] payload = String.format("%-200s", records.replace('\'', '"')).getBytes(UTF_8);

    // When
    bounded.decode(payload, DEVICE, buffer);
    bounded.decode(Gzips.zip(payload), DEVICE, buffer);

    // Then
    assertThat(buffer.size()).isEqualTo(2);
  }

  @Test
  void theSameNameComesAsTheSameStringFromPackToPack() throws PackRejectedException {
    // Given
    String pack = "[{'bn':'lab/x1/','bt':1700000000,'n':'temperature','u':'Cel','v':1}]";
    decode(pack);
    String sensor = buffer.sensor(0);
    String unit = buffer.unit(0);

    // When
    decode(pack);

    // Then
    assertThat(buffer.sensor(0)).isSameAs(sensor);
    assertThat(buffer.unit(0)).isSameAs(unit);
  }

  @Test
  void aMillionForeignNamesAndLabelsLeaveTheDecoderAsItWas() throws PackRejectedException {
    // Given
    StringBuilder pack = new StringBuilder();

    // When
    for (int i = 0; i < 200; i++) {
      pack.setLength(0);
      pack.append("[{'bn':'lab/x1/','bt':1700000000,'n':'a','v':1");
      for (int j = 0; j < 5000; j++) {
        pack.append(",'x").append(i).append('y').append(j).append("':0");
      }
      decode(pack.append("}]").toString());
    }
    decode("[{'bn':'lab/x1/','bt':1700000000,'n':'a','v':1}]");

    // Then
    assertThat(buffer.size()).isEqualTo(1);
  }

  @Test
  void limitsRefuseNonsense() {
    assertThatThrownBy(() -> new Limits(0, 1)).hasMessage("Invalid bound of 0 bytes");
    assertThatThrownBy(() -> new Limits(1, 0)).hasMessage("Invalid bound of 0 readings");
  }

  private void decode(String json) throws PackRejectedException {
    decoder.decode(json.replace('\'', '"').getBytes(UTF_8), DEVICE, buffer);
  }
}
