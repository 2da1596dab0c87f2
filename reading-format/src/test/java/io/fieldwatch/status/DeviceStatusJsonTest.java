package io.fieldwatch.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.reading.Reading;
import io.fieldwatch.status.DeviceStatus.Counts;
import io.fieldwatch.status.DeviceStatus.Sensor;
import io.fieldwatch.status.DeviceStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceStatusJsonTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Counts COUNTS = new Counts(5200, 1041, 1040, 5195, 0, 1, 5);
  private static final DeviceStatus HEARTBEAT =
      new DeviceStatus(
          State.ONLINE,
          "heartbeat",
          "k3f9q2",
          "0.1.0",
          1_700_000_000_250L,
          Optional.of(COUNTS),
          List.of(
              new Sensor("temperature", "Cel", Duration.ofSeconds(1)),
              new Sensor("humidity", "%RH", Duration.ofMillis(250))));
  private static final DeviceStatus WILL =
      new DeviceStatus(
          State.OFFLINE,
          "connection-lost",
          "k3f9q2",
          "0.1.0",
          1_700_000_000_250L,
          Optional.empty(),
          List.of());

  @Test
  void goldenStatusKeepsItsMeaningAndItsBytes() throws IOException {
    assertThat(DeviceStatusJson.read(golden("status-heartbeat.json"))).isEqualTo(HEARTBEAT);
    assertThat(DeviceStatusJson.write(HEARTBEAT)).isEqualTo(golden("status-heartbeat.json"));
    assertThat(DeviceStatusJson.read(golden("status-will.json"))).isEqualTo(WILL);
    assertThat(DeviceStatusJson.write(WILL)).isEqualTo(golden("status-will.json"));
  }

  @Test
  void theContractsExampleIsRead() throws IOException {
    // When
    DeviceStatus status = DeviceStatusJson.read(golden("status-contract.json"));

    // Then
    assertThat(status.counts()).contains(COUNTS);
    assertThat(status.sensors()).containsExactly(HEARTBEAT.sensors().get(0));
  }

  @Property
  void aStatusIsTheSameAfterJson(@ForAll("statuses") DeviceStatus status) {
    assertThat(DeviceStatusJson.read(DeviceStatusJson.write(status))).isEqualTo(status);
  }

  @Test
  void unknownFieldsAreIgnored() {
    // Given
    String json =
        """
        {'new':{'a':[1,2]},'state':'offline','reason':'x','epoch':'e','agent':'1','time':1,
         'counts':{'producedReadings':1,'producedPacks':1,'acknowledgedPacks':1,
                   'acknowledgedReadings':1,'droppedReadings':1,'spoolPacks':1,'spoolReadings':1,
                   'more':2,'mode':'fast','list':[1]},
         'sensors':[{'name':'a','unit':'','intervalSeconds':1e-3,'kind':{}}]}
        """;

    // When
    DeviceStatus status = DeviceStatusJson.read(bytes(json));

    // Then
    assertThat(status.counts()).contains(new Counts(1, 1, 1, 1, 1, 1, 1));
    assertThat(status.sensors()).containsExactly(new Sensor("a", "", Duration.ofMillis(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|object",
        "[]|status is no object",
        "{|end-of-input",
        "{}|'state' is missing",
        "{'state':'up','reason':'r','epoch':'e','agent':'1','time':1,'sensors':[]}|expected online",
        "{'state':5}|'state' is no text",
        "{'state':'online','epoch':'e','agent':'1','time':1,'sensors':[]}|'reason' is missing",
        "{'state':'online','reason':'r','epoch':'e','agent':'1','sensors':[]}|'time' is missing",
        "{'state':'online','reason':'r','epoch':'e','agent':'1','time':1}|'sensors' is missing",
        "{'state':'online','reason':'r','epoch':'/','agent':'1','time':1,'sensors':[]}|epoch '/'",
        "{'time':1.5}|'time' is no integer",
        "{'time':9223372036854775808}|out of range of long",
        "{'counts':[]}|counts is no object",
        "{'counts':{}}|'producedReadings' is missing",
        "{'sensors':{}}|sensors is no array",
        "{'sensors':[1]}|a sensor is no object",
        "{'sensors':[{}]}|'name' is missing",
        "{'sensors':[{'name':'a','unit':''}]}|'intervalSeconds' is missing",
        "{'sensors':[{'name':'a b','unit':'','intervalSeconds':1}]}|sensor name 'a b'",
        "{'sensors':[{'name':'a','unit':'','intervalSeconds':-1}]}|'intervalSeconds' is no number",
        "{'sensors':[{'name':'a','unit':'','intervalSeconds':1e99999}]}|'intervalSeconds' is no",
        "{'sensors':[{'name':'a','unit':'','intervalSeconds':'1'}]}|'intervalSeconds' is no number",
        "{'state':'online','state':'online'}|Duplicate field 'state'",
        "{'state':'online','reason':'r','epoch':'e','agent':'1','time':1,'sensors':[]} 1|behind"
      })
  void aBadStatusIsRefusedWithASentence(String json, String sentence) {
    assertThatThrownBy(() -> DeviceStatusJson.read(bytes(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read device status: ")
        .hasMessageContaining(sentence);
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      DeviceStatusJson.read(bytes);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("Cannot read device status: ");
    }
  }

  @Provide
  Arbitrary<DeviceStatus> statuses() {
    Arbitrary<String> names = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(9);
    Arbitrary<Long> count = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Counts> counts =
        Combinators.combine(count, count, count, count, count, count, count).as(Counts::new);
    Arbitrary<String> units = Arbitraries.strings().ofMaxLength(9).filter(Reading::isUnit);
    Arbitrary<Duration> intervals =
        Arbitraries.longs().between(0, 100_000_000).map(Duration::ofMillis);
    Arbitrary<Sensor> sensors = Combinators.combine(names, units, intervals).as(Sensor::new);
    return Combinators.combine(
            Arbitraries.of(State.class),
            names,
            names,
            Arbitraries.of("0.1.0", "1.0-\"β\""),
            Arbitraries.longs(),
            counts.optional(),
            sensors.list().ofMaxSize(5))
        .as(DeviceStatus::new);
  }

  private static byte[] golden(String file) throws IOException {
    return Files.readAllBytes(GOLDEN.resolve(file));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}
