package io.fieldwatch.local.stack;

import io.fieldwatch.local.port.Ports;

/** What every service of one stack is made from. */
record Workspace(Installation installation, DataDirectory data, Ports ports, Endpoints endpoints) {
  Workspace(Installation installation, DataDirectory data, Ports ports) {
    this(installation, data, ports, Endpoints.of(ports));
  }
}
