package io.fieldwatch.connect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class SampleConfigTest {
  @Test
  void theSampleIsValid() throws IOException {
    // Given
    Map<String, String> sample = sample();

    // When
    var values = new MqttSourceConnector().validate(sample).configValues();

    // Then
    assertThat(values).flatExtracting(ConfigValue::errorMessages).isEmpty();
    assertThat(new MqttSourceConfig(sample).quarantineKeptBytes()).isEqualTo(4 * 1024 * 1024);
  }

  /** The configuration of {@code samples/mqtt-source.json}. */
  static Map<String, String> sample() throws IOException {
    JsonNode config =
        new ObjectMapper().readTree(Path.of("samples/mqtt-source.json").toFile()).get("config");
    Map<String, String> sample = new HashMap<>();
    config.fields().forEachRemaining(e -> sample.put(e.getKey(), e.getValue().asText()));
    return sample;
  }
}
