package io.fieldwatch.connect.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.config.types.Password;

/** Secrets as MQTT carries them. */
final class Passwords {
  private Passwords() {}

  static byte[] utf8(Password password) {
    return password.value().getBytes(UTF_8);
  }
}
