package io.fieldwatch.local.stack;

import java.nio.file.Path;

/**
 * What an agent process does: the device part of its configuration as YAML ({@code devices:} or
 * {@code simulate:}, see docs/reference/contracts.md). The stack adds broker, spool and heartbeat.
 *
 * @param devices relative paths in it are below the agent's own folder
 * @param heapMegabytes the greatest heap of its JVM
 * @param spoolSize bound of all its devices' spools together, such as {@code 320KiB}
 */
public record AgentConfig(String devices, int heapMegabytes, String spoolSize) {
  private static final int HEAP_MEGABYTES = 128;
  private static final String SPOOL_SIZE = "1GiB";

  public AgentConfig {
    if (devices.isBlank()) {
      throw new IllegalArgumentException("Invalid agent configuration: no devices");
    }
  }

  public static AgentConfig of(String devices) {
    return new AgentConfig(devices, HEAP_MEGABYTES, SPOOL_SIZE);
  }

  public AgentConfig heap(int megabytes) {
    return new AgentConfig(devices, megabytes, spoolSize);
  }

  public AgentConfig spool(String size) {
    return new AgentConfig(devices, heapMegabytes, size);
  }

  String yaml(Endpoints endpoints, Path store) {
    return """
        mqtt:
          uri: %s
          maxInflight: 200
        spool:
          directory: %s
          maxBytes: %s
        heartbeat: 1s
        %s"""
        .formatted(endpoints.mqtt(), store.resolve("spool"), spoolSize, devices);
  }
}
