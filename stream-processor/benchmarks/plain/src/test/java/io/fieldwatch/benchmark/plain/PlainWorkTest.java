package io.fieldwatch.benchmark.plain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.SenmlWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainWorkTest {
  private static final long START = 1_700_000_000_123L;

  private final PlainDecoder decoder = new PlainDecoder();

  @Test
  void packOfOurWriterIsReadToTheMillisecond() throws IOException {
    // Given
    byte[] message =
        SenmlWriter.toJson(
            new Pack(
                DeviceId.parse("s/d"),
                Optional.of(new PackId("e", 7)),
                List.of(reading("a", START, 1.5), reading("b", START + 877, -2))));

    // When
    PlainPack pack = decoder.decode(message);

    // Then
    assertThat(pack)
        .isEqualTo(
            new PlainPack(
                "s/d",
                "e",
                7,
                List.of(
                    new PlainReading("a", START, 1.5), new PlainReading("b", START + 877, -2))));
    assertThat(PlainPack.greatestMillis(pack.readings())).isEqualTo(START + 877);
  }

  @Test
  void whatIsNoPackIsRefusedAsAWhole() {
    for (String message :
        List.of(
            "",
            "[]",
            "[{\"bn\":\"s/d/\",\"bt\":1,\"epoch\":\"e\",\"seq\":1,\"n\":\"a\",\"v\":1},{\"n\":\"a",
            "[{\"bn\":\"s/d/\",\"bt\":1,\"epoch\":\"e\",\"seq\":1,\"n\":\"a\"}]",
            "[{\"bn\":\"s/d/\",\"bt\":1,\"n\":\"a\",\"v\":1}]")) {
      assertThatThrownBy(() -> decoder.decode(message.getBytes(UTF_8)))
          .as(message)
          .isInstanceOf(MalformedPackException.class)
          .hasMessageStartingWith("Cannot decode pack");
    }
  }

  @Test
  void statisticsAreThoseOfTheDefinitionsAlsoWhenReadBack() throws IOException {
    // Given
    double[] values = {3, 1, 2, 10, 7, 5, 4, 6, 9, 8, 12, 11};
    WindowStatistics statistics = new WindowStatistics();
    Arrays.stream(values).forEach(statistics::add);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    // When
    statistics.write(new DataOutputStream(bytes));
    WindowStatistics read =
        WindowStatistics.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    // Then
    WindowRecord result = statistics.result("a", START);
    assertThat(read.result("a", START)).isEqualTo(result);
    assertThat(result.count()).isEqualTo(12);
    assertThat(result.mean()).isEqualTo(6.5);
    assertThat(result.stddev()).isEqualTo(Math.sqrt(13), within(1e-12));
    assertThat(result.min()).isEqualTo(1);
    assertThat(result.max()).isEqualTo(12);
    assertThat(result.p95()).isEqualTo(11.45, within(1e-12));
  }

  private static Reading reading(String sensor, long millis, double value) {
    return new Reading(sensor, millis, value, "", ValueKind.NUMBER);
  }
}
