package io.fieldwatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoTest {
  @Test
  void a_host_name_becomes_a_name_that_a_device_may_have() {
    assertThat(Demo.deviceName("pi.local")).isEqualTo("pi.local");
    assertThat(Demo.deviceName("_my host!")).isEqualTo("my-host-");
    assertThat(Demo.deviceName("---")).isEqualTo("host");
    assertThat(Demo.deviceName("x".repeat(100))).hasSize(64);
  }
}
