package io.fieldwatch.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.topic.DeviceTopic.Channel;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTopicTest {
  @ParameterizedTest
  @EnumSource
  void aTopicIsParsedToWhatItWasMadeOf(Channel channel) {
    // Given
    DeviceTopic topic = new DeviceTopic(new DeviceId("plant-1", "pump.7_b"), channel);

    // Then
    assertThat(DeviceTopic.parse(topic.name())).contains(topic);
  }

  @ParameterizedTest
  @CsvSource({
    "TELEMETRY, fieldwatch/lab/x1/telemetry, fieldwatch/+/+/telemetry",
    "STATUS, fieldwatch/lab/x1/status, fieldwatch/+/+/status",
    "CONFIG, fieldwatch/lab/x1/config, fieldwatch/+/+/config",
    "ALERT, fieldwatch/lab/x1/alert, fieldwatch/+/+/alert"
  })
  void namesAndFiltersAreTheContracts(Channel channel, String name, String filter) {
    assertThat(new DeviceTopic(new DeviceId("lab", "x1"), channel)).hasToString(name);
    assertThat(channel.filter()).isEqualTo(filter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "fieldwatch",
        "fieldwatch/lab/x1",
        "fieldwatch/lab/x1/",
        "fieldwatch/lab/x1/telemetry/",
        "fieldwatch/lab/x1/telemetry/more",
        "/fieldwatch/lab/x1/telemetry",
        "fieldwatch//x1/telemetry",
        "fieldwatch/lab//telemetry",
        "fieldwatch/lab/x1/Telemetry",
        "fieldwatch/lab/x1/other",
        "Fieldwatch/lab/x1/telemetry",
        "fieldwatch/+/x1/telemetry",
        "fieldwatch/lab/#/telemetry",
        "fieldwatch/lab/x 1/telemetry",
        "fieldwatch/lab/-x1/telemetry",
        "fieldwatch/lab/é/telemetry",
        "fieldwatch/lab/x1\n/telemetry",
        "$SYS/broker/uptime"
      })
  void anythingElseIsNoTopicOfOurs(String name) {
    assertThat(DeviceTopic.parse(name)).isEmpty();
  }

  @Property
  void parsingNeverThrows(@ForAll String name) {
    assertThatCode(() -> DeviceTopic.parse(name)).doesNotThrowAnyException();
  }
}
