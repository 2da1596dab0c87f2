package io.fieldwatch.benchmark.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Settings SETTINGS =
      new Settings(
          "127.0.0.1:9092",
          "in",
          "out",
          Path.of("/tmp/state"),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          4,
          Map.of("form", "shared"));

  @Test
  void argumentsAreReadAsTheyWereWritten() {
    assertThat(Settings.of(SETTINGS.arguments())).isEqualTo(SETTINGS);
  }

  @Test
  void missingAndBrokenArgumentsAreNamed() {
    assertThatThrownBy(() -> Settings.of("bootstrap=x"))
        .hasMessage("Cannot start: the argument input=… is missing");
    assertThatThrownBy(() -> Settings.of("input"))
        .hasMessage("Cannot read argument 'input': it is not key=value");
  }
}
