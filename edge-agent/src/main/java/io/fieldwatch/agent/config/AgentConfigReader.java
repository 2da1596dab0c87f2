package io.fieldwatch.agent.config;

import io.fieldwatch.agent.config.AgentConfig.Device;
import io.fieldwatch.agent.config.AgentConfig.Faults;
import io.fieldwatch.agent.config.AgentConfig.Mqtt;
import io.fieldwatch.agent.config.AgentConfig.Simulate;
import io.fieldwatch.agent.config.AgentConfig.SpoolConfig;
import io.fieldwatch.agent.simulator.FaultSettings;
import io.fieldwatch.agent.spool.SpoolLimits;
import io.fieldwatch.reading.DeviceId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@link AgentConfig} from YAML. Relative paths are relative to the working directory. */
public final class AgentConfigReader {
  private static final Set<String> SCHEMES = Set.of("tcp", "ssl", "ws", "wss");

  /** Those that may be followed by an address only; a WebSocket has a path. */
  private static final Set<String> PLAIN_SCHEMES = Set.of("tcp", "ssl");

  private static final Duration ONE_MILLI = Duration.ofMillis(1);
  private static final List<String> LABEL_COLUMNS = List.of("anomaly");

  private final List<String> problems = new ArrayList<>();

  private AgentConfigReader() {}

  /**
   * Reads a file.
   *
   * @param overrides values by their path in the file, such as {@code mqtt.uri}; they win
   * @throws ConfigException if there is anything wrong, with everything that is
   */
  public static AgentConfig read(Path file, Map<String, String> overrides)
      throws IOException, ConfigException {
    return parse(Files.readString(file), overrides);
  }

  /** Reads a document; as {@link #read(Path, Map)}. */
  public static AgentConfig parse(String yaml, Map<String, String> overrides)
      throws ConfigException {
    Object document;
    try {
      document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new ConfigException(List.of("Not YAML: " + e.getMessage()));
    }
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      document = with(document, List.of(override.getKey().split("\\.")), override.getValue());
    }
    return new AgentConfigReader().agent(document);
  }

  private static Object with(Object document, List<String> path, String value) {
    if (path.isEmpty()) {
      return value;
    }
    Map<Object, Object> changed = new LinkedHashMap<>();
    if (document instanceof Map<?, ?> old) {
      changed.putAll(old);
    }
    Object inner = changed.getOrDefault(path.get(0), Map.of());
    changed.put(path.get(0), with(inner, path.subList(1, path.size()), value));
    return changed;
  }

  private AgentConfig agent(Object document) throws ConfigException {
    Section root = Section.root(document, problems);
    Mqtt mqtt = mqtt(root.section("mqtt"));
    SpoolConfig spool = spool(root.section("spool"));
    Duration heartbeat = root.duration("heartbeat", Duration.ofSeconds(10), Duration.ofMillis(100));
    Section stop = root.section("stop");
    Duration drain = stop.duration("drain", Duration.ofSeconds(10), Duration.ZERO);
    stop.end();
    List<Device> devices = root.sections("devices").stream().map(this::device).toList();
    Optional<Simulate> simulate =
        root.has("simulate") ? Optional.of(simulate(root.section("simulate"))) : Optional.empty();
    root.end();
    AgentConfig config = new AgentConfig(mqtt, spool, heartbeat, drain, devices, simulate);
    checkDevices(config);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  private Mqtt mqtt(Section section) {
    String uri = section.text("uri", "where the broker is, such as tcp://127.0.0.1:1883");
    if (!uri.isEmpty()) {
      checkUri(section, uri);
    }
    int maxInflight = (int) section.integer("maxInflight", 200, 1, 60_000);
    Optional<String> username = section.optionalText("username");
    Optional<Path> passwordFile = section.optionalText("passwordFile").map(Path::of);
    if (passwordFile.isPresent() && username.isEmpty()) {
      section.problem("passwordFile", "needs 'username' beside it");
    }
    section.end();
    return new Mqtt(uri, maxInflight, username, passwordFile);
  }

  private static void checkUri(Section section, String text) {
    Optional<URI> uri = brokerUri(text);
    if (uri.isEmpty()) {
      section.problem(
          "uri", "is '" + text + "', expected tcp://, ssl://, ws:// or wss:// and a host");
    } else if (PLAIN_SCHEMES.contains(scheme(uri.get())) && isMoreThanAnAddress(uri.get())) {
      section.problem("uri", "has more than a host and a port: write " + address(uri.get()));
    }
  }

  private static Optional<URI> brokerUri(String text) {
    try {
      return Optional.of(URI.create(text))
          .filter(uri -> uri.getHost() != null && SCHEMES.contains(scheme(uri)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  /** Of these the MQTT client refuses some and ignores the others, each time it connects. */
  private static boolean isMoreThanAnAddress(URI uri) {
    return uri.getRawUserInfo() != null
        || !uri.getRawPath().isEmpty()
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null;
  }

  /** What to write; a password in the text is not repeated. */
  private static String address(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String login =
        uri.getRawUserInfo() == null ? "" : ", and the login into 'username' and 'passwordFile'";
    return scheme(uri) + "://" + uri.getHost() + port + login;
  }

  private static SpoolConfig spool(Section section) {
    Path directory = Path.of(section.text("directory", "the folder for packs on their way"));
    long maxBytes = section.size("maxBytes", 1 << 30);
    Duration sync = section.duration("sync", Duration.ofSeconds(1), Duration.ofMillis(10));
    section.end();
    return new SpoolConfig(directory, maxBytes, sync);
  }

  private Device device(Section section) {
    String key = section.text("id", "site/device");
    DeviceId id = new DeviceId("site", "device");
    try {
      id = key.isEmpty() ? id : DeviceId.parse(key);
    } catch (IllegalArgumentException e) {
      section.problem("id", "is wrong: " + e.getMessage());
    }
    SourceConfig source = source(section.section("source"));
    section.end();
    return new Device(id, source);
  }

  private SourceConfig source(Section section) {
    String type = section.text("type", "host, replay or folder");
    SourceConfig source =
        switch (type) {
          case "replay" -> replay(section);
          case "folder" ->
              new SourceConfig.Folder(
                  Path.of(section.text("directory", "the folder to watch")), ignored(section));
          default -> {
            if (!type.isEmpty() && !type.equals("host")) {
              section.problem("type", "is '" + type + "', expected host, replay or folder");
            }
            yield new SourceConfig.Host(
                section.duration("interval", Duration.ofSeconds(1), Duration.ofMillis(100)));
          }
        };
    section.end();
    return source;
  }

  private static SourceConfig replay(Section section) {
    Path file = Path.of(section.text("file", "the CSV file to replay"));
    double speed = section.positive("speed", 1);
    SourceConfig.Times times =
        section.value("times", SourceConfig.Times.NOW, AgentConfigReader::times, "original or now");
    return new SourceConfig.Replay(file, speed, times, ignored(section));
  }

  private static Optional<SourceConfig.Times> times(String text) {
    return switch (text) {
      case "original" -> Optional.of(SourceConfig.Times.ORIGINAL);
      case "now" -> Optional.of(SourceConfig.Times.NOW);
      default -> Optional.empty();
    };
  }

  private static Set<String> ignored(Section section) {
    return new HashSet<>(section.texts("ignore", LABEL_COLUMNS));
  }

  private Simulate simulate(Section section) {
    String site = section.text("site", "the site's name");
    String prefix = section.optionalText("prefix").orElse("sim-");
    int count = (int) section.integer("devices", 10, 1, 10_000);
    int sensors = (int) section.integer("sensors", 5, 1, 500);
    Duration interval = section.duration("interval", Duration.ofSeconds(1), ONE_MILLI);
    Duration pack = section.duration("pack", Duration.ofSeconds(1), Duration.ofMillis(10));
    long seed = section.integer("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    Optional<Faults> faults =
        section.has("faults")
            ? Optional.of(faults(section.section("faults"), interval))
            : Optional.empty();
    section.end();
    return new Simulate(fleet(section, site, prefix, count), sensors, interval, pack, seed, faults);
  }

  private static Faults faults(Section section, Duration interval) {
    double perHour = section.positive("perSensorPerHour", 6);
    String truthFile = section.text("truthFile", "where the truth about the faults is written");
    if (!new FaultSettings(perHour).fits(interval)) {
      section.problem(
          "perSensorPerHour", "is too much for this interval: faults would follow one another");
    }
    section.end();
    return new Faults(perHour, Path.of(truthFile));
  }

  private static List<DeviceId> fleet(Section section, String site, String prefix, int count) {
    List<DeviceId> devices = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String name = prefix + String.format(Locale.ROOT, "%03d", i);
      try {
        devices.add(new DeviceId(site, name));
      } catch (IllegalArgumentException e) {
        if (!site.isEmpty()) {
          section.problem("prefix", "or 'site' gives no name: " + e.getMessage());
        }
        return List.of();
      }
    }
    return devices;
  }

  private void checkDevices(AgentConfig config) {
    if (config.deviceCount() == 0) {
      problems.add("There is nothing to do: neither 'devices' nor 'simulate' names a device");
      return;
    }
    Set<DeviceId> seen = new HashSet<>();
    List<DeviceId> all = new ArrayList<>();
    config.devices().forEach(device -> all.add(device.id()));
    config.simulate().ifPresent(simulate -> all.addAll(simulate.devices()));
    for (DeviceId id : all) {
      if (!seen.add(id)) {
        problems.add("Device '" + id + "' is there twice");
      }
    }
    if (config.spoolBytesPerDevice() < SpoolLimits.MIN_BYTES) {
      problems.add(
          "'spool.maxBytes' is too small: %d devices need %d bytes or more"
              .formatted(config.deviceCount(), config.deviceCount() * SpoolLimits.MIN_BYTES));
    }
  }
}
