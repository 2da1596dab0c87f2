package io.fieldwatch.senml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenmlWriterTest {
  @Test
  void aPackWithoutIdentityCarriesNeitherEpochNorSeq() {
    assertThat(SenmlWriter.toJson(packAt(1_700_000_000_000L)))
        .asString(UTF_8)
        .isEqualTo("[{\"bn\":\"lab/x1/\",\"bt\":1700000000,\"n\":\"a\",\"v\":1}]");
  }

  @Test
  void aClockThatNeverWasSetIsWrittenForTheOtherSideToSee() {
    assertThat(SenmlWriter.toJson(packAt(12_500))).asString(UTF_8).contains("\"bt\":12.5,");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 253_402_300_800_000L, Long.MAX_VALUE})
  void aTimeThatSenmlCannotSayIsRefused(long millis) {
    // Given
    Pack pack = packAt(millis);

    // Then
    assertThatThrownBy(() -> SenmlWriter.toJson(pack))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot write a reading of time " + millis + " ms: outside the years 1970 to 9999");
    assertThatThrownBy(() -> SenmlWriter.toCbor(pack)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Pack packAt(long millis) {
    return new Pack(
        new DeviceId("lab", "x1"), Optional.empty(), List.of(new Reading("a", millis, 1, "")));
  }
}
