package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.stream.device.EpochLedger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A device that sends nonsense among devices that do not: it is counted, by a reason; what is kept
 * of it is bounded; and the others' results are those of a log without it.
 */
class BadInputTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int SECONDS = 200;
  private static final DeviceId BAD = new DeviceId("lab", "bad");
  private static final String TELEMETRY = "fieldwatch/lab/bad/telemetry";
  private static final String STATUS = "fieldwatch/lab/bad/status";

  /** A device at its bounds, all of its windows open and many, is a megabyte or two. */
  private static final int STATE_BOUND = 4 << 20;

  private static final Results UNDISTURBED = results(log(second -> List.of()));

  /** A message of the bad device. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Message(String topic, byte[] value) {}

  @Test
  void aPackOfTenThousandReadingsIsTaken() {
    // When
    Results results =
        runWith(
            once(
                SenmlWriter.toCbor(
                    pack("e", 1, readings(10_000, i -> reading("a", i, T0 + i % 1000))))));

    // Then
    assertThat(results.account("lab/bad").stored()).isEqualTo(10_000);
    assertThat(results.refusals()).isEmpty();
  }

  @Test
  void timesAreTakenAsTheyComeInTheFirstPackAndLateAfterIt() {
    // Given: days from the newest to a year back, in one pack and then each in its own
    List<Reading> year = readings(365, i -> reading("a", i, T0 - i * DAY));

    // When
    Results results =
        runWith(
            second ->
                second == 0
                    ? telemetry(SenmlWriter.toJson(pack("e", 1, year)))
                    : telemetry(
                        SenmlWriter.toJson(pack("e", 1 + second, List.of(year.get(second))))));

    // Then
    assertThat(results.account("lab/bad"))
        .isEqualTo(new Results.Account(365, SECONDS - 1, 0, 0, 0));
    assertThat(results.refusals()).isEqualTo(Map.of(Reason.LATE, SECONDS - 1));
    assertThat(results.device("lab/bad").openWindows()).isLessThan(10);
  }

  @Test
  void tenThousandSensorNamesStopAtTheBound() {
    // When
    Results results =
        runWith(
            second ->
                telemetry(
                    SenmlWriter.toJson(
                        pack(
                            "e",
                            1 + second,
                            readings(50, i -> reading("s" + second + "-" + i, i, at(second)))))));

    // Then
    assertThat(results.device("lab/bad").sensors()).isEqualTo(Results.SENSORS);
    assertThat(results.account("lab/bad"))
        .isEqualTo(new Results.Account(Results.SENSORS, 0, 50 * SECONDS - Results.SENSORS, 0, 0));
    assertThat(results.refusals()).isEqualTo(Map.of(Reason.OVER_LIMIT, SECONDS - 1));
  }

  @Test
  void twoDevicesWithOneIdAreBothAccountedForAndCanBeTold() {
    // When: the second one's clock is an hour behind
    Results results =
        runWith(
            second -> {
              long behind = Duration.ofHours(1).toMillis();
              return telemetry(
                  SenmlWriter.toJson(
                      pack("first", 1 + second, List.of(reading("a", 1, at(second))))),
                  SenmlWriter.toJson(
                      pack("second", 1 + second, List.of(reading("a", 2, at(second) - behind)))));
            });

    // Then
    assertThat(results.account("lab/bad"))
        .isEqualTo(new Results.Account(SECONDS, SECONDS, 0, 0, 0));
    assertThat(results.device("lab/bad").epochReturns()).isEqualTo(2 * SECONDS - 2);
    assertThat(ledger(results, "first").stored()).isEqualTo(SECONDS);
    assertThat(ledger(results, "second").late()).isEqualTo(SECONDS);
  }

  @Test
  void aClockThatJumpsADayAheadIsRefusedUntilItJumpsBack() {
    // When
    Results results = runWith(second -> one(second, at(second) + (isMiddle(second) ? DAY : 0)));

    // Then
    assertThat(results.account("lab/bad"))
        .isEqualTo(new Results.Account(SECONDS / 2, 0, SECONDS / 2, 0, 0));
    assertThat(results.refusals()).isEqualTo(Map.of(Reason.FUTURE, SECONDS / 2));
    assertThat(results.details())
        .containsExactly(
            "1 of 1 readings lie more than PT5M ahead of their ingest time; the device's clock is"
                + " PT23H59M59.7S ahead");
  }

  @Test
  void aClockThatJumpsADayBackIsLateUntilItJumpsAhead() {
    // When
    Results results = runWith(second -> one(second, at(second) - (isMiddle(second) ? DAY : 0)));

    // Then
    assertThat(results.account("lab/bad"))
        .isEqualTo(new Results.Account(SECONDS / 2, SECONDS / 2, 0, 0, 0));
    assertThat(results.refusals()).isEqualTo(Map.of(Reason.LATE, SECONDS / 2));
  }

  @Test
  void aClockThatIsADayBackFromTheStartIsTheDevicesOwn() {
    // When
    Results results = runWith(second -> one(second, at(second) - DAY));

    // Then
    assertThat(results.account("lab/bad")).isEqualTo(new Results.Account(SECONDS, 0, 0, 0, 0));
    assertThat(results.windowsOf("lab/bad")).containsKey("lab/bad/a %d 10s".formatted(T0 - DAY));
  }

  @Test
  void anEpochThatChangesInMidWindowLosesAndDoublesNothing() {
    // Given: the epoch changes at 15 s, in the middle of the window from 10 s
    IntFunction<List<Message>> messages =
        second ->
            telemetry(
                SenmlWriter.toJson(
                    pack(
                        second < 15 ? "old" : "new",
                        second < 15 ? 1 + second : second - 14,
                        List.of(reading("a", second, at(second))))));

    // When
    Results results = runWith(messages);

    // Then
    assertThat(results.account("lab/bad")).isEqualTo(new Results.Account(SECONDS, 0, 0, 0, 0));
    assertThat(results.windowsOf("lab/bad").get("lab/bad/a %d 10s".formatted(T0 + 10_000)))
        .startsWith("10 14.5 ");
    assertThat(ledger(results, "old").seqs().missing()).isZero();
    assertThat(ledger(results, "new").seqs().missing()).isZero();
    assertThat(results.device("lab/bad").epochReturns()).isZero();
  }

  @Test
  void gapsInTheSeqsAreNamedHoweverManyThereAre() {
    // When
    Results results =
        runWith(
            second -> {
              long seq = second == SECONDS - 1 ? Long.MAX_VALUE : 1 + 3L * second;
              return telemetry(
                  SenmlWriter.toJson(pack("e", seq, List.of(reading("a", 1, at(second))))));
            });

    // Then
    EpochLedger ledger = ledger(results, "e");
    assertThat(ledger.stored()).isEqualTo(SECONDS);
    assertThat(ledger.seqs().greatest()).isEqualTo(Long.MAX_VALUE);
    assertThat(ledger.seqs().missing()).isEqualTo(Long.MAX_VALUE - SECONDS);
    assertThat(ledger.seqs().gaps(3)).startsWith("2-3,5-6,8-9");
  }

  @Test
  void aNewEpochWithEveryPackIsForgottenBeyondTheBound() {
    // When
    Results results =
        runWith(
            second ->
                telemetry(
                    SenmlWriter.toJson(
                        pack("e" + second, 1, List.of(reading("a", 1, at(second)))))));

    // Then
    assertThat(results.device("lab/bad").ledgers()).hasSize(Results.EPOCHS);
    assertThat(results.counts().refusedPacks()).isZero();
  }

  @Test
  void valuesAtTheEndsOfADoubleHarmNothing() {
    // When
    Results results =
        runWith(
            second ->
                telemetry(
                    SenmlWriter.toJson(
                        pack(
                            "e",
                            1 + second,
                            List.of(
                                reading("a", Double.MAX_VALUE, at(second)),
                                reading("a", -Double.MAX_VALUE, at(second)),
                                reading("b", Double.MIN_VALUE, at(second)),
                                reading("c", second % 2 == 0 ? 1e308 : -0.0, at(second)))))));

    // Then
    assertThat(results.account("lab/bad")).isEqualTo(new Results.Account(4 * SECONDS, 0, 0, 0, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void whatCannotBeReadIsCountedByItsReason(String what, byte[] message, Reason reason) {
    // When
    Results results = runWith(second -> telemetry(message));

    // Then
    assertThat(results.refusals()).isEqualTo(Map.of(reason, SECONDS));
    assertThat(results.account("lab/bad")).isEqualTo(new Results.Account(0, 0, 0, 0, SECONDS));
  }

  static Stream<Arguments> unreadable() throws IOException {
    byte[] good = SenmlWriter.toJson(pack("e", 1, List.of(reading("a", 1, T0))));
    byte[] zipped = zipped(good);
    return Stream.of(
        arguments("a pack of no readings", "[]".getBytes(UTF_8), Reason.NOT_SENML),
        arguments("nothing", new byte[0], Reason.NOT_SENML),
        arguments(
            "10,001 readings",
            SenmlWriter.toCbor(pack("e", 1, readings(10_001, i -> reading("a", i, T0)))),
            Reason.TOO_MANY_READINGS),
        arguments("half a gzip", Arrays.copyOf(zipped, zipped.length / 2), Reason.NOT_SENML),
        arguments("a gzip bomb", zipped(new byte[50 << 20]), Reason.TOO_LARGE),
        unreadable("400 digits", "9".repeat(400), Reason.NOT_FINITE),
        unreadable("NaN", "NaN", Reason.NOT_FINITE),
        unreadable("infinity", "-Infinity", Reason.NOT_FINITE),
        unreadable("deep JSON", "1,\"x\":" + "[".repeat(5000), Reason.NOT_SENML),
        unreadable("a value twice", "1,\"v\":2", Reason.NOT_SENML),
        named("line protocol", "a,b=c d\\\"", Reason.BAD_SENSOR_NAME),
        named("a new line", "a\\nb", Reason.BAD_SENSOR_NAME),
        named("another device's name", "lab/good-1/a", Reason.BAD_SENSOR_NAME),
        arguments(
            "no UTF-8",
            new String(good, UTF_8).replace("\"a\"", "\"\u00e9\u00e9\u00e9\"").getBytes(ISO_8859_1),
            Reason.NOT_SENML),
        arguments(
            "another device's base name",
            new String(good, UTF_8).replace("lab/bad/", "lab/good-1/").getBytes(UTF_8),
            Reason.FOREIGN_BASE_NAME));
  }

  @ParameterizedTest
  @MethodSource("badStatuses")
  void aStatusThatCannotBeReadIsCountedAndChangesNothing(String status) {
    // When
    Results results =
        runWith(
            second ->
                second == 0
                    ? one(0, T0)
                    : List.of(new Message(STATUS, status.replace('\'', '"').getBytes(UTF_8))));

    // Then
    assertThat(results.refusals()).isEqualTo(Map.of(Reason.BAD_STATUS, SECONDS - 1));
    assertThat(results.account("lab/bad")).isEqualTo(new Results.Account(1, 0, 0, 0, 0));
  }

  static Stream<String> badStatuses() {
    return Stream.of(
        "",
        "{}",
        "[]",
        "{'state':'online','reason':'x','epoch':'a b','agent':'1','time':0,'sensors':[]}",
        "{'state':'online','reason':'x','epoch':'e','agent':'1','time':1e999,'sensors':[]}",
        "{'state':'online','reason':'x','epoch':'e','agent':'1','time':0,"
            + "'sensors':[{'name':'a\\nb','unit':'','intervalSeconds':1}]}",
        "{'x':".repeat(5000));
  }

  @Test
  void aStatusWithTenThousandSensorsAndTimesBeyondAllMeasureIsBounded() {
    // Given
    String sensors =
        String.join(
            ",",
            IntStream.range(0, 10_000)
                .mapToObj(i -> "{'name':'s%d','unit':'','intervalSeconds':1e9}".formatted(i))
                .toList());

    // When
    Results results =
        runWith(
            second ->
                List.of(
                    new Message(
                        STATUS,
                        ("{'state':'online','reason':'x','epoch':'e"
                                + second
                                + "','agent':'1','time':"
                                + (second % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE)
                                + ",'counts':{'producedReadings':0,'producedPacks':0,"
                                + "'acknowledgedPacks':0,'acknowledgedReadings':0,"
                                + "'droppedReadings':0,'spoolPacks':9223372036854775807,"
                                + "'spoolReadings':0},'sensors':["
                                + sensors
                                + "]}")
                            .replace('\'', '"')
                            .getBytes(UTF_8))));

    // Then
    assertThat(results.refusals()).isEmpty();
  }

  @Test
  void aRecordWithoutDeviceIsRefusedAndIsNobodys() {
    // When
    List<LogRecord> log = new ArrayList<>(log(second -> List.of()));
    for (String key : Arrays.asList(null, "", "lab", "lab/", "lab/a b", "lab/bad/x", "é/ü")) {
      log.add(record(log.size(), at(SECONDS), TELEMETRY, key, new byte[] {'['}));
    }
    Results results = results(log);

    // Then
    assertThat(results.refusals()).isEqualTo(Map.of(Reason.BAD_TOPIC, 7));
    assertThat(results.state().devices()).hasSize(2);
  }

  /** Runs the log with these messages in each second, and compares what must be the same. */
  private static Results runWith(IntFunction<List<Message>> messages) {
    Results results = results(log(messages));
    for (String good : List.of("lab/good-1", "lab/good-2")) {
      assertThat(results.windowsOf(good)).isNotEmpty().isEqualTo(UNDISTURBED.windowsOf(good));
      assertThat(results.account(good)).isEqualTo(UNDISTURBED.account(good));
    }
    assertThat(results.bytes().length - UNDISTURBED.bytes().length).isLessThan(STATE_BOUND);
    return results;
  }

  /** Cut into ten runs, so that states are copied as they are in the job. */
  private static Results results(List<LogRecord> log) {
    Results results = new Results();
    int piece = log.size() / 10 + 1;
    for (int from = 0; from < log.size(); from += piece) {
      results.apply(log.subList(from, Math.min(log.size(), from + piece)));
    }
    return results;
  }

  /** Two good devices, and in each second the messages of the bad one between theirs. */
  private static List<LogRecord> log(IntFunction<List<Message>> bad) {
    List<LogRecord> log = new ArrayList<>();
    for (int second = 0; second < SECONDS; second++) {
      addGood(log, second, "good-1");
      for (Message message : bad.apply(second)) {
        log.add(record(log.size(), at(second) + 300, message.topic(), BAD.key(), message.value()));
      }
      addGood(log, second, "good-2");
    }
    return log;
  }

  private static void addGood(List<LogRecord> log, int second, String name) {
    DeviceId device = new DeviceId("lab", name);
    Pack pack =
        new Pack(
            device,
            Optional.of(new PackId("k", 1 + second)),
            List.of(
                new Reading("a", at(second), Math.sin(second), "Cel"),
                new Reading("b", at(second) - 200, second, "")));
    log.add(
        record(
            log.size(),
            at(second) + 250,
            "fieldwatch/lab/" + name + "/telemetry",
            device.key(),
            SenmlWriter.toJson(pack)));
  }

  private static LogRecord record(
      long offset, long ingest, String topic, @Nullable String key, byte[] value) {
    return new LogRecord(
        offset,
        ingest,
        topic,
        LogRecord.Delivery.LIVE,
        key == null ? null : key.getBytes(UTF_8),
        value);
  }

  private static long at(int second) {
    return T0 + 1000L * second;
  }

  private static boolean isMiddle(int second) {
    return second >= SECONDS / 4 && second < SECONDS * 3 / 4;
  }

  private static IntFunction<List<Message>> once(byte[] message) {
    return second -> second == 0 ? telemetry(message) : List.of();
  }

  private static List<Message> one(int second, long time) {
    return telemetry(SenmlWriter.toJson(pack("e", 1 + second, List.of(reading("a", 1, time)))));
  }

  private static List<Message> telemetry(byte[]... messages) {
    return Stream.of(messages).map(message -> new Message(TELEMETRY, message)).toList();
  }

  private static Pack pack(String epoch, long seq, List<Reading> readings) {
    return new Pack(BAD, Optional.of(new PackId(epoch, seq)), readings);
  }

  private static Reading reading(String sensor, double value, long time) {
    return new Reading(sensor, time, value, "");
  }

  private static List<Reading> readings(int count, IntFunction<Reading> reading) {
    return IntStream.range(0, count).mapToObj(reading).toList();
  }

  private static EpochLedger ledger(Results results, String epoch) {
    return results.device("lab/bad").ledgers().stream()
        .filter(ledger -> ledger.epoch().equals(epoch))
        .findAny()
        .orElseThrow();
  }

  private static Arguments unreadable(String what, String value, Reason reason) {
    return arguments(
        what,
        "[{\"bn\":\"lab/bad/\",\"bt\":1700000000,\"n\":\"a\",\"v\":%s}]"
            .formatted(value)
            .getBytes(UTF_8),
        reason);
  }

  private static Arguments named(String what, String name, Reason reason) {
    return arguments(
        what,
        "[{\"bn\":\"lab/bad/\",\"bt\":1700000000,\"n\":\"%s\",\"v\":1}]"
            .formatted(name)
            .getBytes(UTF_8),
        reason);
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
