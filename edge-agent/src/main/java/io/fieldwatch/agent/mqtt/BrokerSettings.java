package io.fieldwatch.agent.mqtt;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where the broker is and how to speak to it.
 *
 * @param uri {@code tcp://host:port}, {@code ssl://…}, {@code ws://…} or {@code wss://…}
 * @param maxInflight the most packs of one device that may be under way
 */
public record BrokerSettings(String uri, int maxInflight, Optional<Login> login) {
  /** Name and password; neither is ever logged. */
  public record Login(String username, String password) {
    public Login {
      requireNonNull(username, "username is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "Login[" + username + "]";
    }
  }

  public BrokerSettings {
    requireNonNull(uri, "uri is null");
    requireNonNull(login, "login is null");
    if (maxInflight < 1 || maxInflight > 60_000) {
      throw new IllegalArgumentException(
          "Invalid maxInflight " + maxInflight + ": must be 1 to 60000, MQTT has 65535 packet ids");
    }
  }
}
