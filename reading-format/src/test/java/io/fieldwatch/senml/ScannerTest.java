package io.fieldwatch.senml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.senml.PackDecoder.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** With its scanner a decoder does what it does without it: the same readings or refusal. */
class ScannerTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "x1");
  private static final Limits LIMITS = new Limits(64 * 1024, 20);

  /** Pieces that a mutation puts where they do not belong. */
  private static final List<String> SPLINTERS =
      List.of(
          "\"",
          "\\",
          "\\u0041",
          ",",
          ":",
          "{",
          "}",
          "[",
          "]",
          " ",
          "\n",
          "\t",
          "\u0000",
          "\u007f",
          "é",
          "€",
          "\ufeff",
          "0",
          "00",
          "-",
          "-0",
          ".",
          "1.",
          ".5",
          "e",
          "E5",
          "1e400",
          "NaN",
          "-Infinity",
          "null",
          "true",
          "false",
          "nul",
          "999999999999999999",
          "9007199254740993",
          "0.10000000000000001",
          "\"n\":\"a\"",
          ",\"v\":1",
          ",\"s\":2",
          ",\"vb\":true",
          ",\"vs\":\"x\"",
          ",\"bv\":1",
          ",\"bs\":1",
          ",\"bu\":\"V\"",
          ",\"ut\":5",
          ",\"bver\":5",
          ",\"x_\":1",
          ",\"x\":[{}]",
          ",\"t\":-1700000000",
          "\"bn\":\"lab/x1/\",",
          "\"bn\":\"lab/x2/\",",
          "\"bt\":1.7e9,",
          ",\"epoch\":\"e\"",
          ",\"seq\":1",
          ",\"epoch\":\"e\",\"seq\":1",
          "/* c */",
          "//");

  private final PackDecoder scanning = new PackDecoder(LIMITS);
  private final PackDecoder parsing = PackDecoder.byParserAlone(LIMITS);
  private final JsonScanner scanner = new JsonScanner(LIMITS.maxReadings());
  private final PackBuffer buffer = new PackBuffer();

  @Example
  void whatAgentsWriteIsScanned() throws PackRejectedException {
    // Given
    byte[] pack =
        """
        [{"bn":"lab/x1/","bt":1700000000.25,"epoch":"k3f9q2","seq":1041,"n":"a","u":"Cel","v":21.5},
         {"n":"b","u":"%RH","t":-0.5,"v":-40.25}, {"n":"c","vb":true},{"n":"d","s":12}]
        """
            .getBytes(UTF_8);

    // Then
    assertThat(scanner.scan(pack, pack.length, DEVICE, buffer)).isTrue();
    Pack scanned = buffer.toPack();
    parsing.decode(pack, DEVICE, buffer);
    assertThat(scanned).isEqualTo(buffer.toPack());
  }

  @Example
  void anyOddPieceAtAnyPlace() {
    // Given
    String pack =
        "[{\"bn\":\"lab/x1/\",\"bt\":1700000000.25,\"n\":\"a\",\"u\":\"Cel\",\"v\":21.5},"
            + "{\"n\":\"b\",\"bu\":\"V\",\"t\":-0.5,\"v\":0},{\"n\":\"c\",\"vb\":true},"
            + "{\"n\":\"d\",\"s\":12}]";

    // Then
    for (String splinter : SPLINTERS) {
      for (int i = 0; i <= pack.length(); i++) {
        assertSame((pack.substring(0, i) + splinter + pack.substring(i)).getBytes(UTF_8), DEVICE);
        assertSame(
            (pack.substring(0, i) + splinter + pack.substring(Math.min(pack.length(), i + 1)))
                .getBytes(UTF_8),
            DEVICE);
      }
    }
  }

  @Property(tries = 2000)
  void packsAsAgentsWriteThem(@ForAll("packs") Pack pack) {
    byte[] payload = SenmlWriter.toJson(pack);
    Statistics.label("scanned")
        .collect(scanner.scan(payload, payload.length, pack.device(), buffer));
    assertSame(payload, pack.device());
  }

  @Property(tries = 20_000)
  void plainPacksWithSplinters(
      @ForAll("plain") String json, @ForAll("splinters") List<String> splinters, @ForAll Random r) {
    StringBuilder text = new StringBuilder(json);
    for (String splinter : splinters) {
      int start = r.nextInt(text.length());
      text.replace(start, Math.min(text.length(), start + r.nextInt(3)), splinter);
    }
    assertSame(text.toString().getBytes(UTF_8), DEVICE);
  }

  @Property(tries = 20_000)
  void plainPacksWithOtherBytesOrCutOff(@ForAll("plain") String json, @ForAll Random random) {
    byte[] bytes = json.getBytes(UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    assertSame(bytes, DEVICE);
    assertSame(Arrays.copyOf(bytes, random.nextInt(bytes.length)), DEVICE);
  }

  @Property(tries = 5000)
  void numbersOfEveryLength(@ForAll("numbers") String number) {
    assertSame(
        ("[{\"bn\":\"lab/x1/\",\"bt\":1700000000,\"n\":\"a\",\"v\":" + number + "}]")
            .getBytes(UTF_8),
        DEVICE);
    assertSame(
        ("[{\"bn\":\"lab/x1/\",\"n\":\"a\",\"v\":1,\"t\":" + number + "}]").getBytes(UTF_8),
        DEVICE);
    assertSame(
        ("[{\"bn\":\"lab/x1/\",\"t\":1700000000,\"n\":\"a\",\"v\":1,\"epoch\":\"e\",\"seq\":"
                + number
                + "}]")
            .getBytes(UTF_8),
        DEVICE);
  }

  @Provide
  Arbitrary<Pack> packs() {
    return Packs.any();
  }

  @Provide
  Arbitrary<List<String>> splinters() {
    return Arbitraries.of(SPLINTERS).list().ofMinSize(0).ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> numbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(22);
    return Combinators.combine(
            Arbitraries.of("", "-", "+"), digits, Arbitraries.of("", "."), digits)
        .as((sign, left, point, right) -> sign + left + point + right);
  }

  /** Fields in any order, with white space, most of it right. */
  @Provide
  Arbitrary<String> plain() {
    Arbitrary<String> space =
        Arbitraries.frequency(Tuple.of(8, ""), Tuple.of(1, " "), Tuple.of(1, "\r\n\t"));
    Arbitrary<String> field =
        Combinators.combine(
                space,
                Arbitraries.of(
                    "'v':21.5",
                    "'v':-3",
                    "'t':1.25",
                    "'t':-0.001",
                    "'u':'Cel'",
                    "'u':'%RH'",
                    "'vb':true",
                    "'vb':false",
                    "'s':12",
                    "'bu':'V'",
                    "'bt':1700000001"))
            .as((before, text) -> before + text);
    Arbitrary<String> fields =
        field
            .list()
            .ofMaxSize(3)
            .map(list -> "'n':'a1'," + String.join(",", list) + ",'v':7")
            .map(text -> text.replace(",,", ","));
    Arbitrary<String> first =
        Combinators.combine(
                Arbitraries.of("", "'epoch':'k3','seq':17,", "'seq':9007199254740992,'epoch':'e',"),
                fields)
            .as((id, rest) -> "{'bn':'lab/x1/','bt':1700000000.25," + id + rest + "}");
    Arbitrary<String> others =
        fields
            .list()
            .ofMaxSize(4)
            .map(list -> list.isEmpty() ? "" : ",{" + String.join("},{", list) + "}");
    return Combinators.combine(first, others)
        .as((head, tail) -> ("[" + head + tail + "]").replace('\'', '"'));
  }

  private void assertSame(byte[] payload, DeviceId device) {
    String what = new String(payload, UTF_8);
    assertThat(outcome(scanning, payload, device))
        .as(what)
        .isEqualTo(outcome(parsing, payload, device));
  }

  private Object outcome(PackDecoder decoder, byte[] payload, DeviceId device) {
    try {
      decoder.decode(payload, device, buffer);
      return buffer.toPack();
    } catch (PackRejectedException e) {
      return e.reason() + ": " + e.getMessage();
    }
  }
}
