package io.fieldwatch.agent;

import io.fieldwatch.agent.config.AgentConfig;
import io.fieldwatch.agent.config.AgentConfigReader;
import io.fieldwatch.agent.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration is, and what the command line has against it. */
final class ConfigOptions {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Configuration file, YAML. agent.sample.yaml shows every key.")
  private @Nullable Path file;

  @Option(
      names = "--mqtt-uri",
      paramLabel = "URI",
      description = "Broker to use instead of the file's mqtt.uri.")
  private @Nullable String mqttUri;

  @Option(
      names = "--spool-directory",
      paramLabel = "DIR",
      description = "Folder to use instead of the file's spool.directory.")
  private @Nullable String spoolDirectory;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any other value of the file by its path, such as simulate.devices=100.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  AgentConfig read() throws IOException, ConfigException {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    if (mqttUri != null) {
      all.put("mqtt.uri", mqttUri);
    }
    if (spoolDirectory != null) {
      all.put("spool.directory", spoolDirectory);
    }
    if (file == null) {
      throw new IllegalStateException("--config was not given");
    }
    return AgentConfigReader.read(file, all);
  }
}
