package io.fieldwatch.decode;

import static io.fieldwatch.quarantine.Reason.BAD_SENSOR_NAME;
import static io.fieldwatch.quarantine.Reason.BAD_TIME;
import static io.fieldwatch.quarantine.Reason.NOT_FINITE;
import static io.fieldwatch.quarantine.Reason.NOT_JSON;
import static io.fieldwatch.quarantine.Reason.NO_NUMERIC_VALUE;
import static io.fieldwatch.quarantine.Reason.TOO_LARGE;
import static io.fieldwatch.quarantine.Reason.TOO_MANY_READINGS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonDecoderTest {
  private static final DeviceId DEVICE = new DeviceId("shed", "x1");
  private static final long INGESTED = 1_700_000_009_000L;
  private static final long T0 = 1_700_000_000_000L;
  private static final PackDecoder.Limits LIMITS = new PackDecoder.Limits(4096, 4);
  private static final String GOOD = "{\"a\":1}";

  private final JsonDecoder decoder = new JsonDecoder(Format.Json.DEFAULT, LIMITS);
  private final PackBuffer buffer = new PackBuffer();

  @Test
  void everyNumberAndBooleanIsAReadingOfTheTimeThatStandsInItsObject()
      throws PackRejectedException {
    // When
    decode(
        decoder,
        """
        {'temperature': 21.5, 'door': true, 'name': 'shed', 'note': null, 'raw': [1, {'x': 2}],
         'time': '2023-11-14T22:13:20Z',
         'motor': {'rpm': 1480, 'phase': {'u': 230}}}
        """);

    // Then
    assertThat(buffer.device()).isEqualTo(DEVICE);
    assertThat(buffer.hasId()).isFalse();
    assertThat(buffer.toPack().readings())
        .containsExactly(
            new Reading("temperature", T0, 21.5, ""),
            new Reading("door", T0, 1, "", ValueKind.BOOLEAN),
            new Reading("motor.rpm", T0, 1480, ""),
            new Reading("motor.phase.u", T0, 230, ""));
  }

  @Test
  void withoutATimeOfItsOwnAReadingIsOfTheTimeItCame() throws PackRejectedException {
    // When
    decode(decoder, "[{'a':1},{'a':2,'time':1700000000},{'a':3,'time':null}]");

    // Then
    assertThat(buffer.toPack().readings())
        .containsExactly(
            new Reading("a", INGESTED, 1, ""),
            new Reading("a", T0, 2, ""),
            new Reading("a", INGESTED, 3, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000, 1700000000000",
    "1700000000.25, 1700000000250",
    "1700000000250, 1700000000250",
    "'\"1700000000250\"', 1700000000250",
    "'\"1700000000.25\"', 1700000000250",
    "'\"2023-11-14T22:13:20.25Z\"', 1700000000250",
    "'\"2023-11-14T23:13:20+01:00\"', 1700000000000",
    "'\"2023-11-14T22:13Z\"', 1699999980000",
  })
  void theFormOfATimeIsFound(String time, long millis) throws PackRejectedException {
    // When
    decode(decoder, "{'a':1,'time':" + time + "}");

    // Then
    assertThat(buffer.timeMillis(0)).isEqualTo(millis);
  }

  @Test
  void theTimeMayBeNestedAndNamesJoinedOtherwise() throws PackRejectedException {
    // Given
    JsonDecoder other = new JsonDecoder(new Format.Json("meta_ts", '_'), LIMITS);

    // When
    decode(other, "{'meta':{'ts':1700000000,'rssi':-70},'time':5}");

    // Then
    assertThat(buffer.toPack().readings())
        .containsExactly(new Reading("meta_rssi", T0, -70, ""), new Reading("time", T0, 5, ""));
  }

  @Test
  void aMessageMayBeInGzip() throws IOException, PackRejectedException {
    // When
    decoder.decode(zipped("{\"a\":1}".getBytes(UTF_8)), DEVICE, INGESTED, buffer);

    // Then
    assertThat(buffer.size()).isEqualTo(1);
  }

  @Test
  void namesAreJoinedWithWhatANameMayHold() {
    assertThatThrownBy(() -> new Format.Json("time", '/'))
        .hasMessage("Invalid separator '/': expected '.', '_' or '-'");
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource({"bad", "wide"})
  void aBadMessageIsRefusedWithItsReasonAndLeavesNothing(
      String what, byte[] message, Reason reason, String sentence) throws PackRejectedException {
    // Given
    decode(decoder, "{'a':1}");

    // When
    PackRejectedException rejected =
        catchThrowableOfType(
            PackRejectedException.class, () -> decoder.decode(message, DEVICE, INGESTED, buffer));

    // Then
    assertThat(rejected).as(what).isNotNull();
    assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    assertThat(rejected).hasMessageContaining("'shed/x1': ").hasMessageContaining(sentence);
    assertThat(buffer.size()).isZero();
  }

  static Stream<Arguments> bad() throws IOException {
    return Stream.of(
        row("", NOT_JSON, "object 1 is no JSON object"),
        row("5", NOT_JSON, "object 1 is no JSON object"),
        row("'a'", NOT_JSON, "object 1 is no JSON object"),
        row("hello", NOT_JSON, "Unrecognized token"),
        row("[{'a':1},5]", NOT_JSON, "object 2 is no JSON object"),
        row("[[]]", NOT_JSON, "object 1 is no JSON object"),
        row("[", NOT_JSON, "end-of-input"),
        row("[{'a':1}", NOT_JSON, "end-of-input"),
        row("{'a':1", NOT_JSON, "end-of-input"),
        row("{'a':", NOT_JSON, "end-of-input"),
        row("{'a'", NOT_JSON, "end-of-input"),
        row("{'a':[1,", NOT_JSON, "end-of-input"),
        row("{'a':1}{'a':1}", NOT_JSON, "there is more behind its end"),
        row("{'a':1,'a':2}", NOT_JSON, "has 'a' twice"),
        row("{'a':{'b':1},'a.b':2}", NOT_JSON, "has 'a.b' twice"),
        row("{'a':1,'time':1700000000,'time':1700000001}", NOT_JSON, "has 'time' twice"),
        row("{'a':1,'x':" + "{'x':".repeat(300), NOT_JSON, "nesting depth"),
        row("{'a':1,'x':" + "[".repeat(300), NOT_JSON, "nesting depth"),
        row("{'a':0." + "1".repeat(1200) + "}", NOT_JSON, "length"),
        row("{}", NO_NUMERIC_VALUE, "no member is a number or a boolean"),
        row("[]", NO_NUMERIC_VALUE, "no member is a number or a boolean"),
        row("{'a':'1','b':null,'c':[1]}", NO_NUMERIC_VALUE, "no member"),
        row("{'time':1700000000}", NO_NUMERIC_VALUE, "no member"),
        row("{'a':NaN}", NOT_FINITE, "object 1 has a 'a' that is not finite"),
        row("{'a':-Infinity}", NOT_FINITE, "not finite"),
        row("{'a':1e400}", NOT_FINITE, "not finite"),
        row("{'a':" + "9".repeat(400) + "}", NOT_FINITE, "not finite"),
        row("{'a':1,'time':NaN}", NOT_FINITE, "has a 'time' that is not finite"),
        row("{'a':1,'time':0}", NOT_FINITE, "has the time 0 ms"),
        row("{'a':1,'time':-1}", NOT_FINITE, "has the time -1000 ms"),
        row("{'a':1,'time':1e300}", NOT_FINITE, "has the time"),
        row("{'a':1,'time':1700000000000000}", NOT_FINITE, "has the time"),
        row("{'a':1,'time':'1970-01-01T00:00:05Z'}", NOT_FINITE, "has the time 5000 ms"),
        row("{'a':1,'time':true}", BAD_TIME, "has a 'time' that is neither"),
        row("{'a':1,'time':{'s':1}}", BAD_TIME, "has a 'time' that is neither"),
        row("{'a':1,'time':''}", BAD_TIME, "has a 'time' that is neither"),
        row("{'a':1,'time':'now'}", BAD_TIME, "has a 'time' that is neither"),
        row("{'a':1,'time':'2023-11-14T22:13:20'}", BAD_TIME, "has a 'time' that is neither"),
        row("{'a':1,'time':'2023-13-14T22:13:20Z'}", BAD_TIME, "has a 'time' that is neither"),
        row("{'a':1,'time':'" + "9".repeat(500) + "'}", BAD_TIME, "has a 'time' that is neither"),
        row("{'':1}", BAD_SENSOR_NAME, "has the sensor name ''"),
        row("{'_all':1}", BAD_SENSOR_NAME, "has the sensor name '_all'"),
        row("{'a b':1}", BAD_SENSOR_NAME, "has the sensor name 'a b'"),
        row("{'a,b=c':1}", BAD_SENSOR_NAME, "has the sensor name 'a,b=c'"),
        row("{'a\\nb':1}", BAD_SENSOR_NAME, "has the sensor name 'a?b'"),
        row("{'':{'a':1}}", BAD_SENSOR_NAME, "has the sensor name '.a'"),
        row("{'" + "a".repeat(65) + "':1}", BAD_SENSOR_NAME, "has the sensor name 'aaa"),
        row("[" + "{'a':1},".repeat(5) + "{'a':1}]", TOO_MANY_READINGS, "more than 4 readings"),
        row("{'a':1}" + " ".repeat(4096), TOO_LARGE, "the bound is 4096 bytes"),
        arguments("Latin 1", "{\"\u00e9t\u00e9 froid\":1}".getBytes(ISO_8859_1), NOT_JSON, "UTF-8"),
        arguments("gzip bomb", zipped(new byte[100_000]), TOO_LARGE, "it inflates to more"),
        arguments("gzip of gzip", zipped(zipped(new byte[9])), NOT_JSON, "Illegal character"));
  }

  static Stream<Arguments> wide() throws IOException {
    return Stream.of(
        wideRow("UTF-16LE", GOOD.getBytes(UTF_16LE)),
        wideRow("UTF-16BE", GOOD.getBytes(UTF_16BE)),
        wideRow("UTF-16LE with BOM", ("\ufeff" + GOOD).getBytes(UTF_16LE)),
        wideRow("UTF-16BE with BOM", GOOD.getBytes(UTF_16)),
        wideRow("UTF-16LE behind a space", (" " + GOOD).getBytes(UTF_16LE)),
        wideRow("UTF-32LE", GOOD.getBytes(Charset.forName("UTF-32LE"))),
        wideRow("UTF-32BE", GOOD.getBytes(Charset.forName("UTF-32BE"))),
        wideRow("UTF-16LE in gzip", zipped(GOOD.getBytes(UTF_16LE))));
  }

  private void decode(JsonDecoder decoder, String json) throws PackRejectedException {
    decoder.decode(json.replace('\'', '"').getBytes(UTF_8), DEVICE, INGESTED, buffer);
  }

  private static Arguments row(String json, Reason reason, String sentence) {
    String what = json.length() > 90 ? json.substring(0, 90) + "…" : json;
    return arguments(what, json.replace('\'', '"').getBytes(UTF_8), reason, sentence);
  }

  private static Arguments wideRow(String what, byte[] message) {
    return arguments(what, message, NOT_JSON, "it is not in UTF-8");
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
