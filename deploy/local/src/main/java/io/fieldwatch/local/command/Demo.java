package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.local.stack.StackPlan;
import io.fieldwatch.reading.DeviceId;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The agents of {@code up}: this machine's own sensors, and ten simulated devices. */
final class Demo {
  static final String HOST_AGENT = "agent-host";
  static final String SIMULATOR = "agent-simulator";
  private static final int MAX_NAME = 64;

  private Demo() {}

  /** The stack of a command, supervised, with both agents. */
  static StackPlan plan(StackOption stackOption) {
    return Stack.in(stackOption.installation(), stackOption.path())
        .supervised()
        .agent(HOST_AGENT, host())
        .agent(SIMULATOR, simulator());
  }

  static AgentConfig host() {
    return AgentConfig.of(
        """
        devices:
          - id: lab/%s
            source: {type: host, interval: 1s}
        """
            .formatted(deviceName(hostName())));
  }

  static AgentConfig simulator() {
    return AgentConfig.of(
        """
        simulate:
          site: lab
          prefix: sim-
          devices: 10
          sensors: 5
          interval: 1s
          pack: 1s
          seed: 42
          faults: {perSensorPerHour: 6, truthFile: truth.csv}
        """);
  }

  /** A host's name made one that a device may have. */
  static String deviceName(String host) {
    String name = host.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    String cut = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    return DeviceId.isName(cut) ? cut : "host";
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "host";
    }
  }
}
