package io.fieldwatch.local.stack;

import io.fieldwatch.local.port.Ports;
import java.util.List;

/** What every service of one stack is made from. */
record Workspace(Installation installation, DataDirectory data, Ports ports, Endpoints endpoints) {
  Workspace(Installation installation, DataDirectory data, Ports ports) {
    this(installation, data, ports, Endpoints.of(ports));
  }

  /** With several Kafka brokers. */
  static Workspace withBrokers(
      Installation installation, DataDirectory data, Ports ports, List<String> brokers) {
    return new Workspace(installation, data, ports, Endpoints.of(ports, brokers));
  }
}
