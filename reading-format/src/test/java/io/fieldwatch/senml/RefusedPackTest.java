package io.fieldwatch.senml;

import static io.fieldwatch.quarantine.Reason.BAD_IDENTITY;
import static io.fieldwatch.quarantine.Reason.BAD_SENSOR_NAME;
import static io.fieldwatch.quarantine.Reason.FOREIGN_BASE_NAME;
import static io.fieldwatch.quarantine.Reason.NOT_FINITE;
import static io.fieldwatch.quarantine.Reason.NOT_SENML;
import static io.fieldwatch.quarantine.Reason.NO_NUMERIC_VALUE;
import static io.fieldwatch.quarantine.Reason.TOO_LARGE;
import static io.fieldwatch.quarantine.Reason.TOO_MANY_READINGS;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackDecoder.Limits;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad input that somebody thought of, with its reason and the heart of its sentence. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusedPackTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "x1");
  private static final Limits LIMITS = new Limits(4096, 3);

  /** A good record in CBOR: {bn: "lab/x1/", bt: 1700000000, n: "a", v: 1}. */
  private static final String CBOR_RECORD = "a4 21 67 6c61622f78312f 22 1a 6553f100 00 6161 02 01";

  private final PackDecoder decoder = new PackDecoder(LIMITS);
  private final PackBuffer buffer = new PackBuffer();

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource({"json", "jsonBytes", "cbor", "gzip"})
  void aBadPackIsRefusedWithItsReasonAndLeavesNothing(
      String what, byte[] payload, Reason reason, String sentence) throws PackRejectedException {
    // Given
    decoder.decode(good(), DEVICE, buffer);

    // When
    PackRejectedException rejected =
        catchThrowableOfType(
            PackRejectedException.class, () -> decoder.decode(payload, DEVICE, buffer));

    // Then
    assertThat(rejected).as(what).isNotNull();
    assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    assertThat(rejected)
        .hasMessageStartingWith("Cannot decode pack of 'lab/x1': ")
        .hasMessageContaining(sentence);
    assertThat(buffer.size()).isZero();
    assertThat(buffer.hasId()).isFalse();

    // And the decoder is none the worse for it
    decoder.decode(good(), DEVICE, buffer);
    assertThat(buffer.size()).isEqualTo(1);
  }

  static Stream<Arguments> json() {
    return Stream.of(
        row("[]", NOT_SENML, "it has no records"),
        row("[", NOT_SENML, "Unexpected end-of-input"),
        row("", NOT_SENML, "it starts with neither"),
        row("{\"bn\":\"lab/x1/\"}", NOT_SENML, "it starts with neither"),
        row("hello", NOT_SENML, "it starts with neither"),
        row("  ", NOT_SENML, "it is no array"),
        row(" 5", NOT_SENML, "it is no array"),
        row("[5]", NOT_SENML, "record 1 is no object"),
        row("[null]", NOT_SENML, "record 1 is no object"),
        row("[[]]", NOT_SENML, "record 1 is no object"),
        row(pack("'n':'a','v':1").replace("]", ""), NOT_SENML, "Unexpected end-of-input"),
        row(pack("'n':'a','v':1").replace("}]", ""), NOT_SENML, "Unexpected end-of-input"),
        row(pack("'n':'a','v':1") + "x", NOT_SENML, "Unrecognized token"),
        row(pack("'n':'a','v':1") + "[]", NOT_SENML, "there is more behind its end"),
        row(pack("'n':'a','v':1,"), NOT_SENML, "Unexpected character"),
        row(pack("'n':'a','v':01"), NOT_SENML, "Leading zeroes"),
        row(pack("'n':'a','n':'b','v':1"), NOT_SENML, "has 'n' twice"),
        row(pack("'n':'a','v':1,'v':2"), NOT_SENML, "has 'v' twice"),
        row(pack("'bt':1700000001,'n':'a','v':1"), NOT_SENML, "has 'bt' twice"),
        row(pack("'n':7,'v':1"), NOT_SENML, "has a 'n' that is no text"),
        row(pack("'n':null,'v':1"), NOT_SENML, "has a 'n' that is no text"),
        row(pack("'n':'a','u':1,'v':1"), NOT_SENML, "has a 'u' that is no text"),
        row(pack("'n':'a','u':'\\u0007','v':1"), NOT_SENML, "has a unit"),
        row(pack("'n':'a','u':'" + "m".repeat(65) + "','v':1"), NOT_SENML, "has a unit"),
        row(pack("'n':'a','u':'\\ud83d','v':1"), NOT_SENML, "has a unit"),
        row(pack("'n':'a','t':'1','v':1"), NOT_SENML, "has a 't' that is no number"),
        row(pack("'n':'a','bv':'1','v':1"), NOT_SENML, "has a 'bv' that is no number"),
        row(pack("'n':'a','ut':true,'v':1"), NOT_SENML, "has a 'ut' that is no number"),
        row(pack("'n':'a','bver':11,'v':1"), NOT_SENML, "has the version 11.0"),
        row(pack("'n':'a','bver':0,'v':1"), NOT_SENML, "has the version 0.0"),
        row(pack("'n':'a','bver':9.5,'v':1"), NOT_SENML, "has the version 9.5"),
        row(pack("'n':'a','v':1,'vb':true"), NOT_SENML, "has both 'v' and 'vb'"),
        row(pack("'n':'a','v':1,'door_':1"), NOT_SENML, "has the field 'door_'"),
        row(pack("'n':'a','v':1,'x':" + "[".repeat(300)), NOT_SENML, "nesting depth"),
        row(pack("'n':'a','v':1,'x':" + nested(300)), NOT_SENML, "nesting depth"),
        row(pack("'n':'a','v':0." + "1".repeat(1200)), NOT_SENML, "length"),
        row(pack("'n':'a'"), NO_NUMERIC_VALUE, "record 1 has no value"),
        row("[{\"bn\":\"lab/x1/\",\"bt\":1700000000}]", NO_NUMERIC_VALUE, "has no value"),
        row("[{}]", NO_NUMERIC_VALUE, "record 1 has no value"),
        row(pack("'n':'a','bv':3"), NO_NUMERIC_VALUE, "record 1 has no value"),
        row(pack("'n':'a','vs':'on'"), NO_NUMERIC_VALUE, "has 'vs'"),
        row(pack("'n':'a','vd':'AQ'"), NO_NUMERIC_VALUE, "has 'vd'"),
        row(pack("'n':'a','v':'1'"), NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        row(pack("'n':'a','v':null"), NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        row(pack("'n':'a','v':true"), NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        row(pack("'n':'a','v':{}"), NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        row(pack("'n':'a','vb':1"), NO_NUMERIC_VALUE, "has a 'vb' that is no boolean"),
        row(pack("'n':'a','s':'1'"), NO_NUMERIC_VALUE, "has a 's' that is no number"),
        row(pack("'n':'a','bs':1"), NO_NUMERIC_VALUE, "record 1 has no value"),
        row(pack("'n':'a','v':1,'bs':'1'"), NOT_SENML, "has a 'bs' that is no number"),
        row(pack("'n':'a','s':NaN"), NOT_FINITE, "has a 's' that is not finite"),
        row(pack("'n':'a','s':1e308,'bs':1.7e308"), NOT_FINITE, "has a sum of 'bs' and 's'"),
        row(pack("'n':'a','v':NaN"), NOT_FINITE, "has a 'v' that is not finite"),
        row(pack("'n':'a','v':Infinity"), NOT_FINITE, "has a 'v' that is not finite"),
        row(pack("'n':'a','v':-Infinity"), NOT_FINITE, "has a 'v' that is not finite"),
        row(pack("'n':'a','v':-INF"), NOT_FINITE, "has a 'v' that is not finite"),
        row(pack("'n':'a','v':1e400"), NOT_FINITE, "has a 'v' that is not finite"),
        row(pack("'n':'a','v':" + "9".repeat(400)), NOT_FINITE, "has a 'v' that is not finite"),
        row(pack("'n':'a','v':1e308,'bv':1.7e308"), NOT_FINITE, "has a sum of 'bv' and 'v'"),
        row(pack("'n':'a','v':1,'x':NaN"), NOT_FINITE, "has a number that is not finite"),
        row(pack("'n':'a','v':1,'x':[{'y':Infinity}]"), NOT_FINITE, "has a number that is not"),
        row(pack("'n':'a','v':1,'t':NaN"), NOT_FINITE, "has a 't' that is not finite"),
        row(pack("'n':'a','v':1,'t':1e300"), NOT_FINITE, "has the time 1.0E300 s"),
        row(pack("'n':'a','v':1,'t':-1600000000"), NOT_FINITE, "has the time 1.0E8 s"),
        row("[{\"n\":\"lab/x1/a\",\"v\":1}]", NOT_FINITE, "has the time 0.0 s"),
        row("[{\"n\":\"lab/x1/a\",\"v\":1,\"t\":-5}]", NOT_FINITE, "has the time -5.0 s"),
        row("[{\"n\":\"lab/x1/a\",\"v\":1,\"t\":268435455.999}]", NOT_FINITE, "relative to now"),
        row("[{\"n\":\"lab/x1/a\",\"v\":1,\"t\":253402300800}]", NOT_FINITE, "before year 10000"),
        row(pack("'n':'','v':1"), BAD_SENSOR_NAME, "has the sensor name ''"),
        row(pack("'v':1"), BAD_SENSOR_NAME, "has the sensor name ''"),
        row(pack("'n':'a b','v':1"), BAD_SENSOR_NAME, "has the sensor name 'a b'"),
        row(pack("'n':'a/b','v':1"), BAD_SENSOR_NAME, "has the sensor name 'a/b'"),
        row(pack("'n':'_all','v':1"), BAD_SENSOR_NAME, "has the sensor name '_all'"),
        row(pack("'n':'é','v':1"), BAD_SENSOR_NAME, "has the sensor name 'é'"),
        row(pack("'n':'a\\nb','v':1"), BAD_SENSOR_NAME, "has the sensor name 'a?b'"),
        row(pack("'n':'" + "a".repeat(65) + "','v':1"), BAD_SENSOR_NAME, "has the sensor name"),
        row(foreign("lab/x2/", "a"), FOREIGN_BASE_NAME, "record 1 is named 'lab/x2/a'"),
        row(foreign("lab/x1", "a"), FOREIGN_BASE_NAME, "record 1 is named 'lab/x1a'"),
        row(foreign("lab/x1x", "/a"), FOREIGN_BASE_NAME, "record 1 is named 'lab/x1x/a'"),
        row(foreign("", "a"), FOREIGN_BASE_NAME, "record 1 is named 'a'"),
        row(foreign("LAB/x1/", "a"), FOREIGN_BASE_NAME, "record 1 is named 'LAB/x1/a'"),
        row(foreign("lab_x1/", "a"), FOREIGN_BASE_NAME, "record 1 is named 'lab_x1/a'"),
        row(pack("'n':'a','v':1},{'n':'lab/x2/a','v':1"), BAD_SENSOR_NAME, "'lab/x2/a'"),
        row(pack("'n':'a','v':1},{'bn':'lab/x2/','n':'a','v':1"), FOREIGN_BASE_NAME, "record 2"),
        row(pack("'n':'a','v':1,'bn':5"), NOT_SENML, "has 'bn' twice"),
        row(pack("'epoch':'e','n':'a','v':1"), BAD_IDENTITY, "without the other"),
        row(pack("'seq':1,'n':'a','v':1"), BAD_IDENTITY, "without the other"),
        row(pack("'epoch':'e','seq':0,'n':'a','v':1"), BAD_IDENTITY, "has a 'seq'"),
        row(pack("'epoch':'e','seq':-1,'n':'a','v':1"), BAD_IDENTITY, "has a 'seq'"),
        row(pack("'epoch':'e','seq':1.0,'n':'a','v':1"), BAD_IDENTITY, "has a 'seq'"),
        row(pack("'epoch':'e','seq':'1','n':'a','v':1"), BAD_IDENTITY, "has a 'seq'"),
        row(pack("'epoch':'e','seq':9223372036854775808,'n':'a','v':1"), BAD_IDENTITY, "'seq'"),
        row(pack("'epoch':'e/f','seq':1,'n':'a','v':1"), BAD_IDENTITY, "has an 'epoch'"),
        row(pack("'epoch':'','seq':1,'n':'a','v':1"), BAD_IDENTITY, "has an 'epoch'"),
        row(pack("'epoch':5,'seq':1,'n':'a','v':1"), BAD_IDENTITY, "has an 'epoch'"),
        row(
            pack("'n':'a','v':1},{'epoch':'e','seq':1,'n':'a','v':1"),
            BAD_IDENTITY,
            "record 2 has 'epoch' or 'seq', which belong in record 1"),
        row(
            pack("'n':'a','v':1" + "},{'n':'a','v':1".repeat(3)),
            TOO_MANY_READINGS,
            "it has more than 3 readings"),
        row(pack("'n':'a','v':1") + " ".repeat(4096), TOO_LARGE, "the bound is 4096 bytes"));
  }

  static Stream<Arguments> jsonBytes() {
    String good = new String(good(), UTF_8);
    return Stream.of(
        arguments("UTF-16LE", good.getBytes(UTF_16LE), NOT_SENML, "it starts with neither"),
        arguments("UTF-16BE", good.getBytes(UTF_16BE), NOT_SENML, "it starts with neither"),
        arguments("BOM", ("\ufeff" + good).getBytes(UTF_8), NOT_SENML, "it starts with neither"),
        arguments("bad UTF-8", hex("5b 7b 22 ff 22 3a 31 7d 5d"), NOT_SENML, "UTF-8"),
        arguments("zero bytes", new byte[20], NOT_SENML, "it starts with neither"));
  }

  static Stream<Arguments> cbor() {
    String head = "81 a4 21 67 6c61622f78312f 22 1a 6553f100 00 6161 02 ";
    return Stream.of(
        cborRow("80", NOT_SENML, "it has no records"),
        cborRow("9f ff", NOT_SENML, "it has no records"),
        cborRow("81", NOT_SENML, "cut off"),
        cborRow("9f", NOT_SENML, "cut off"),
        cborRow("81 01", NOT_SENML, "record 1 is no object"),
        cborRow("82 " + CBOR_RECORD, NOT_SENML, "cut off"),
        cborRow("81 " + CBOR_RECORD + " 00", NOT_SENML, "there is more behind its end"),
        cborRow("a1 00 01", NOT_SENML, "it starts with neither"),
        cborRow("81 a5 " + CBOR_RECORD.substring(3) + " 02 02", NOT_SENML, "has 'v' twice"),
        cborRow("81 a5 " + CBOR_RECORD.substring(3) + " 6176 02", NOT_SENML, "has 'v' twice"),
        cborRow("81 a5 " + CBOR_RECORD.substring(3) + " 62785f 02", NOT_SENML, "field 'x_'"),
        cborRow(
            "81 a5 " + CBOR_RECORD.substring(3) + " 6178" + " 81".repeat(300) + "01",
            NOT_SENML,
            "nested deeper than 64"),
        // Found by fuzzing: lengths that the parser believes, and does not come back from.
        cborRow("81 a1 6178 9f 5b fffffffffffffff7 00", NOT_SENML, "cut off"),
        cborRow("81 a1 6178 5b ffffffffffffffff 00", NOT_SENML, "cut off"),
        cborRow("81 a1 6178 9b ffffffffffffffff 00", NOT_SENML, "cut off"),
        cborRow("81 a1 6178 bb 8000000000000001 00 00", NOT_SENML, "cut off"),
        cborRow("81 a1 6178 7b 8181818181818181 73", NOT_SENML, "cut off"),
        cborRow("81 a1 6178 5a 7fffffff 00", NOT_SENML, "cut off"),
        cborRow("81 a1 6178 5f 41 00 61 00 ff", NOT_SENML, "a chunk of another kind"),
        cborRow("81 a1 6178 5f 5f 41 00 ff ff", NOT_SENML, "a chunk of another kind"),
        cborRow("81 a1 6178 1c", NOT_SENML, "a head that is no CBOR"),
        cborRow("81 a1 6178 1f", NOT_SENML, "a break that ends nothing"),
        cborRow("81 a1 ff ff", NOT_SENML, "a break that ends nothing"),
        cborRow("81 bf 6178 ff", NOT_SENML, "a break that ends nothing"),
        cborRow("81 a1 6178 f8 1f", NOT_SENML, "a simple value that is no CBOR"),
        cborRow(head + "f9 7e00", NOT_FINITE, "has a 'v' that is not finite"),
        cborRow(head + "fa 7fc00000", NOT_FINITE, "has a 'v' that is not finite"),
        cborRow(head + "fb fff0000000000000", NOT_FINITE, "has a 'v' that is not finite"),
        cborRow(head + "c4 82 1903e8 01", NOT_FINITE, "has a 'v' that is not finite"),
        cborRow(head + "c4 82 1a7fffffff 01", NOT_FINITE, "has a 'v' that is not finite"),
        cborRow(head + "c2 49 010000000000000000", NOT_SENML, "Bignums are not supported"),
        cborRow(head + "c2 41 ff", NOT_SENML, "Bignums are not supported"),
        cborRow(head + "c3 41 ff", NOT_SENML, "Bignums are not supported"),
        cborRow(head + "c4 82 00 c2 41 ff", NOT_SENML, "Bignums are not supported"),
        cborRow(head + "c4 82 3903e7 c2 41 ff", NOT_SENML, "Bignums are not supported"),
        cborRow(head + "c4 82 00 c2 590400" + "01".repeat(1024), NOT_SENML, "length"),
        cborRow(head + "c5 82 00 01", NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        cborRow(head + "61 31", NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        cborRow(head + "f6", NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        cborRow(head + "41 31", NO_NUMERIC_VALUE, "has a 'v' that is no number"),
        cborRow("81 a3 21 67 6c61622f78312f 00 6161 03 6131", NO_NUMERIC_VALUE, "has 'vs'"),
        cborRow("81 a3 21 67 6c61622f78322f 00 6161 02 01", FOREIGN_BASE_NAME, "'lab/x2/a'"),
        cborRow("81 a3 21 67 6c61622f78312f 00 6161 02 01", NOT_FINITE, "has the time 0.0 s"),
        cborRow(
            "81 a6 65 65706f6368 6165 63 736571 1b ffffffffffffffff " + CBOR_RECORD.substring(3),
            BAD_IDENTITY,
            "has a 'seq'"),
        cborRow("84 " + (CBOR_RECORD + " ").repeat(4), TOO_MANY_READINGS, "more than 3"));
  }

  static Stream<Arguments> gzip() {
    byte[] zipped = Gzips.zip(good());
    byte[] badChecksum = zipped.clone();
    badChecksum[zipped.length - 5] ^= 1;
    byte[] badData = zipped.clone();
    badData[12] ^= 0x55;
    return Stream.of(
        arguments("bomb", Gzips.zip(new byte[4097]), TOO_LARGE, "it inflates to more"),
        arguments("big bomb", Gzips.zip(new byte[3_000_000]), TOO_LARGE, "it inflates to more"),
        arguments("large", new byte[4097], TOO_LARGE, "it has 4097 bytes"),
        arguments("magic only", Arrays.copyOf(zipped, 2), NOT_SENML, "gzip header"),
        arguments("no data", Arrays.copyOf(zipped, 10), NOT_SENML, "end too early"),
        arguments("half", Arrays.copyOf(zipped, 20), NOT_SENML, "end too early"),
        arguments(
            "no trailer", Arrays.copyOf(zipped, zipped.length - 3), NOT_SENML, "end too early"),
        arguments("more", Arrays.copyOf(zipped, zipped.length + 1), NOT_SENML, "behind their end"),
        arguments("bad checksum", badChecksum, NOT_SENML, "checksum"),
        arguments("bad data", badData, NOT_SENML, "gzip"),
        arguments("twice", Gzips.zip(zipped), NOT_SENML, "it starts with neither"),
        arguments("nothing", Gzips.zip(new byte[0]), NOT_SENML, "it starts with neither"));
  }

  private static Arguments row(String json, Reason reason, String sentence) {
    String what = json.length() > 90 ? json.substring(0, 90) + "…" : json;
    return arguments(what, json.getBytes(UTF_8), reason, sentence);
  }

  private static Arguments cborRow(String hex, Reason reason, String sentence) {
    return arguments(hex, hex(hex), reason, sentence);
  }

  private static byte[] good() {
    return pack("'n':'a','v':1").getBytes(UTF_8);
  }

  /** A pack of one record of the device; quotes are single here. */
  private static String pack(String fields) {
    return "[{'bn':'lab/x1/','bt':1700000000,%s}]".formatted(fields).replace('\'', '"');
  }

  private static String foreign(String baseName, String name) {
    return "[{'bn':'%s','bt':1700000000,'n':'%s','v':1}]"
        .formatted(baseName, name)
        .replace('\'', '"');
  }

  private static String nested(int depth) {
    return "{\"x\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
