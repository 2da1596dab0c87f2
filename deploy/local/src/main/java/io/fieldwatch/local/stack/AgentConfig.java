package io.fieldwatch.local.stack;

import java.nio.file.Path;

/**
 * What an agent process does: the device part of its configuration as YAML ({@code devices:} or
 * {@code simulate:}, see docs/reference/contracts.md). The stack adds broker, spool and heartbeat.
 *
 * @param devices relative paths in it are below the agent's own folder
 * @param heapMegabytes the greatest heap of its JVM
 */
public record AgentConfig(String devices, int heapMegabytes) {
  private static final int HEAP_MEGABYTES = 128;

  public AgentConfig {
    if (devices.isBlank()) {
      throw new IllegalArgumentException("Invalid agent configuration: no devices");
    }
  }

  public static AgentConfig of(String devices) {
    return new AgentConfig(devices, HEAP_MEGABYTES);
  }

  public AgentConfig heap(int megabytes) {
    return new AgentConfig(devices, megabytes);
  }

  String yaml(Endpoints endpoints, Path store) {
    return """
        mqtt:
          uri: %s
          maxInflight: 200
        spool:
          directory: %s
          maxBytes: 1GiB
        heartbeat: 1s
        %s"""
        .formatted(endpoints.mqtt(), store.resolve("spool"), devices);
  }
}
