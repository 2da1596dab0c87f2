package io.fieldwatch.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.PackDecoder.Limits;
import org.junit.jupiter.api.Test;

class PayloadDecoderTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "x1");

  private final PackBuffer buffer = new PackBuffer();

  @Test
  void whatAParserBreaksOffWithIsARefusalInWordsThatDoNotDependOnTheJvm() {
    // Given a parser that runs out of its buffer, in words that a compiled one does not have
    PayloadDecoder decoder =
        new PayloadDecoder(Limits.DEFAULT, Reason.NOT_SENML) {
          @Override
          protected void decodePlain(
              byte[] bytes, int length, DeviceId device, long ingestMillis, PackBuffer into) {
            into.begin(device);
            into.add("a", "", 1_700_000_000_000L, 1, ValueKind.NUMBER);
            throw new ArrayIndexOutOfBoundsException("Index -1 out of bounds for length 16");
          }
        };

    // When
    PackRejectedException rejected =
        catchThrowableOfType(
            PackRejectedException.class, () -> decoder.decode(new byte[16], DEVICE, 0, buffer));

    // Then
    assertThat(rejected.reason()).isEqualTo(Reason.NOT_SENML);
    assertThat(rejected)
        .hasMessage(
            "Cannot decode pack of 'lab/x1': the parser gives up: ArrayIndexOutOfBoundsException");
    assertThat(buffer.size()).isZero();
  }
}
