package io.fieldwatch.stream.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A configuration file that was read and found right.
 *
 * @param config what it says
 * @param effective the same as YAML, with every default filled in
 */
public record StreamConfigFile(StreamConfig config, String effective) {
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]+://.*");

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
   * As {@link #read(Path)}, also from another file system: on a cluster the driver starts on a
   * machine that nobody chose.
   *
   * @param place a path, or an address as Hadoop knows them: {@code hdfs://HOST:PORT/PATH}
   */
  public static StreamConfigFile readFrom(String place) throws IOException {
    if (!ADDRESS.matcher(place).matches()) {
      return read(Path.of(place));
    }
    String yaml;
    try (InputStream in = open(URI.create(place))) {
      yaml = new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IOException("Cannot read configuration " + place + ": " + e, e);
    }
    return parse(yaml, place);
  }

  private static InputStream open(URI address) throws IOException {
    return FileSystem.get(address, new Configuration())
        .open(new org.apache.hadoop.fs.Path(address));
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
