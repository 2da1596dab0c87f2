package io.fieldwatch.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.topic.TopicFilter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecodersTest {
  private static final DeviceId DEVICE = new DeviceId("shed", "x1");
  private static final long NOW = 1_700_000_000_000L;
  private static final String SENML = "[{'n':'shed/x1/a','t':1700000000,'v':1}]";
  private static final String JSON = "{'a':{'b':1}}";

  private static final List<DecoderRule> RULES =
      List.of(
          rule("fieldwatch/shed/x1/telemetry", new Format.Json("time", '_')),
          rule("fieldwatch/shed/+/telemetry", Format.Json.DEFAULT));

  private final Decoders decoders = new Decoders(RULES, PackDecoder.Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();

  @Test
  void theFirstRuleThatTakesTheTopicDecides() throws PackRejectedException {
    // When
    decode("fieldwatch/shed/x1/telemetry", JSON);

    // Then
    assertThat(buffer.sensor(0)).isEqualTo("a_b");

    // When
    decode("fieldwatch/shed/x2/telemetry", JSON);

    // Then
    assertThat(buffer.sensor(0)).isEqualTo("a.b");
  }

  @Test
  void telemetryThatNoRuleTakesIsSenml() throws PackRejectedException {
    // When
    decode("fieldwatch/lab/x1/telemetry", SENML);

    // Then
    assertThat(buffer.sensor(0)).isEqualTo("a");
  }

  @Test
  void aMessageOfUnknownTopicIsSenml() throws PackRejectedException {
    // When
    decode(null, SENML);

    // Then
    assertThat(buffer.sensor(0)).isEqualTo("a");
  }

  @Test
  void aMessageFromATopicThatNoRuleTakesIsRefused() throws PackRejectedException {
    // Given
    decode(null, SENML);

    // When
    PackRejectedException rejected =
        catchThrowableOfType(
            PackRejectedException.class, () -> decode("fieldwatch/lab/x1/config", SENML));

    // Then
    assertThat(rejected.reason()).isEqualTo(Reason.NO_DECODER);
    assertThat(rejected)
        .hasMessage(
            "Cannot decode message from topic 'fieldwatch/lab/x1/config':"
                + " no rule says of which format it is");
    assertThat(buffer.size()).isZero();
  }

  @Test
  void rulesTravelToTheMachinesThatDecode() throws Exception {
    // When
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(RULES);
    Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    // Then
    assertThat(read).isEqualTo(RULES);
  }

  private void decode(@Nullable String topic, String message) throws PackRejectedException {
    decoders.decode(topic, message.replace('\'', '"').getBytes(UTF_8), DEVICE, NOW, buffer);
  }

  private static DecoderRule rule(String filter, Format format) {
    return new DecoderRule(new TopicFilter(filter), format);
  }
}
