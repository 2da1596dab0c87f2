package io.fieldwatch.connect.mqtt;

import java.util.Map;
import java.util.Optional;

/** MQTT 5 reason codes (section 2.4) that another attempt does not change. */
final class ReasonCode {
  private static final int SESSION_TAKEN_OVER = 0x8E;

  private static final Map<Integer, String> FINAL =
      Map.of(
          0x84,
          "it does not speak MQTT 5",
          0x85,
          "it does not accept the client id",
          0x86,
          "the user name or password is wrong",
          0x87,
          "not authorised",
          0x8A,
          "the client is banned",
          0x8C,
          "it wants another way of authentication",
          0x8F,
          "it does not accept the topic filter",
          0xA2,
          "it does not allow wildcards",
          SESSION_TAKEN_OVER,
          "the session was taken over: another client, perhaps a second connector or worker,"
              + " uses the same client id");

  private ReasonCode() {}

  /** Why the broker refuses, if trying again is of no use. */
  static Optional<String> finalRefusal(int code) {
    return Optional.ofNullable(FINAL.get(code));
  }

  static String hex(int code) {
    return "0x%02X".formatted(code);
  }
}
