package io.fieldwatch.stream.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A configuration file that was read and found right.
 *
 * @param config what it says
 * @param effective the same as YAML, with every default filled in
 */
public record StreamConfigFile(StreamConfig config, String effective) {

  /**
   * Reads a file, and looks whether the files that it names are there.
   *
   * @throws InvalidConfigException if the job cannot honour what it says; the message names every
   *     problem at once
   * @throws IOException if it cannot be read
   */
  public static StreamConfigFile read(Path file) throws IOException {
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (IOException e) {
      throw new IOException("Cannot read configuration " + file + ": " + e, e);
    }
    return parse(yaml, file.toString());
  }

  /**
   * Parses YAML.
   *
   * @param name the file's, for the message
   * @throws InvalidConfigException as {@link #read}
   */
  static StreamConfigFile parse(String yaml, String name) throws InvalidConfigException {
    Place top = Place.top();
    Optional<Node> tree = Yaml.parse(yaml, top);
    Optional<StreamConfig> config = tree.flatMap(node -> StreamKeys.FILE.read(node, top));
    if (tree.isEmpty() || config.isEmpty()) {
      throw new InvalidConfigException(name, top.problems());
    }
    return new StreamConfigFile(config.get(), EffectiveYaml.of(StreamKeys.FILE, tree.get()));
  }
}
