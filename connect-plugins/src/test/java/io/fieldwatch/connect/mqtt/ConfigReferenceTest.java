package io.fieldwatch.connect.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
  @Test
  void thePageSaysWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(ConfigReference.PAGE))
        .as("run ConfigReference.main in connect-plugins to write it again")
        .isEqualTo(ConfigReference.page());
  }
}
