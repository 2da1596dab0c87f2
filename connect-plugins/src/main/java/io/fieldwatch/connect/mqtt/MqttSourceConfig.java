package io.fieldwatch.connect.mqtt;

import io.fieldwatch.connect.route.Route;
import io.fieldwatch.connect.route.Routes;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.KafkaTopics;
import io.fieldwatch.topic.TopicFilter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The connector's configuration: each option once, with its default, its check and what it means.
 * The page {@code docs/reference/mqtt-source.md} is generated from here.
 */
final class MqttSourceConfig extends AbstractConfig {
  static final String URI_CONFIG = "mqtt.uri";
  static final String CLIENT_ID = "mqtt.client.id";
  static final String USERNAME = "mqtt.username";
  static final String PASSWORD = "mqtt.password";
  static final String SESSION_EXPIRY_SECONDS = "mqtt.session.expiry.seconds";
  static final String RECEIVE_MAXIMUM = "mqtt.receive.maximum";
  static final String KEEPALIVE_SECONDS = "mqtt.keepalive.seconds";
  static final String CONNECT_TIMEOUT_MS = "mqtt.connect.timeout.ms";
  static final String TRUSTSTORE_TYPE = "mqtt.ssl.truststore.type";
  static final String TRUSTSTORE_LOCATION = "mqtt.ssl.truststore.location";
  static final String TRUSTSTORE_PASSWORD = "mqtt.ssl.truststore.password";
  static final String KEYSTORE_TYPE = "mqtt.ssl.keystore.type";
  static final String KEYSTORE_LOCATION = "mqtt.ssl.keystore.location";
  static final String KEYSTORE_PASSWORD = "mqtt.ssl.keystore.password";
  static final String KEY_PASSWORD = "mqtt.ssl.key.password";
  static final String ROUTES = "routes";
  static final String COPIES = "copies";
  static final String PAYLOAD_MAX_BYTES = "payload.max.bytes";
  static final String QUARANTINE_TOPIC = "quarantine.topic";
  static final String QUARANTINE_MAX_BYTES = "quarantine.max.bytes";
  static final String POLL_MAX_RECORDS = "poll.max.records";

  /** Added by the connector to each task's configuration: which filters the task subscribes to. */
  static final String TASK_NUMBER = "task.number";

  static final String TASK_FILTERS = "task.filters";

  static final String MAX_REQUEST_SIZE = "producer.override.max.request.size";

  private static final String MQTT_PREFIX = "mqtt.";
  private static final int DEFAULT_MAX_REQUEST_SIZE = 1024 * 1024;

  /** What a record needs beside its value: MQTT allows 64 KiB each for topic and content type. */
  private static final int RECORD_HEADROOM = 256 * 1024;

  private static final List<String> TLS_KEYS =
      List.of(
          TRUSTSTORE_LOCATION,
          TRUSTSTORE_PASSWORD,
          KEYSTORE_LOCATION,
          KEYSTORE_PASSWORD,
          KEY_PASSWORD);

  private static final String CONNECTION = "Connection";
  private static final String TLS = "TLS";
  private static final String ROUTING = "Routing";

  /** Something wrong with the values of one option in the light of others. */
  record Problem(String option, String sentence) {}

  MqttSourceConfig(Map<String, String> properties) {
    super(definition(), properties);
  }

  /** Every option. */
  static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    defineConnection(definition);
    defineTls(definition);
    defineRouting(definition);
    return definition;
  }

  URI uri() {
    return URI.create(getString(URI_CONFIG));
  }

  /** The MQTT client identifier of a task: stable, because it names the session at the broker. */
  String clientId(int task) {
    return getString(CLIENT_ID) + "-" + task;
  }

  Optional<String> username() {
    return Optional.ofNullable(getString(USERNAME));
  }

  Optional<Password> password() {
    return Optional.ofNullable(getPassword(PASSWORD));
  }

  Duration sessionExpiry() {
    return Duration.ofSeconds(getLong(SESSION_EXPIRY_SECONDS));
  }

  int receiveMaximum() {
    return getInt(RECEIVE_MAXIMUM);
  }

  Duration keepalive() {
    return Duration.ofSeconds(getInt(KEEPALIVE_SECONDS));
  }

  Duration connectTimeout() {
    return Duration.ofMillis(getInt(CONNECT_TIMEOUT_MS));
  }

  boolean isTls() {
    return uri().getScheme().equals("ssl");
  }

  Routes routes() {
    return Routes.parse(getList(ROUTES));
  }

  /** Where routed messages go as well; empty if none are copied. */
  Optional<Routes> copies() {
    List<String> texts = getList(COPIES);
    return texts.isEmpty() ? Optional.empty() : Optional.of(Routes.parse(texts));
  }

  String quarantineTopic() {
    return getString(QUARANTINE_TOPIC);
  }

  int payloadMaxBytes() {
    return getInt(PAYLOAD_MAX_BYTES);
  }

  /**
   * How many bytes of a message are kept in quarantine: what was asked for, but never more than the
   * producer takes. A record that is too large for it would fail the task again and again.
   */
  int quarantineKeptBytes() {
    return Math.min(getInt(QUARANTINE_MAX_BYTES), maxRequestSize() - RECORD_HEADROOM);
  }

  int pollMaxRecords() {
    return getInt(POLL_MAX_RECORDS);
  }

  /** Kafka's names of the TLS options, as its SSL engine factory reads them. */
  Map<String, Object> tlsValues() {
    ConfigDef ssl = new ConfigDef();
    SslConfigs.addClientSslSupport(ssl);
    Map<String, Object> values = new HashMap<>(originalsWithPrefix(MQTT_PREFIX));
    // Our default is another than Kafka's.
    values.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, getString(TRUSTSTORE_TYPE));
    values.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, getString(KEYSTORE_TYPE));
    return ssl.parse(values);
  }

  /** What is wrong with options that are each right by themselves. Reads the key stores. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    originals().keySet().stream()
        .filter(key -> key.startsWith(MQTT_PREFIX) && !definition().names().contains(key))
        .forEach(key -> problems.add(new Problem(key, "Unknown option")));
    if (password().isPresent() && username().isEmpty()) {
      problems.add(new Problem(USERNAME, "A password needs a user name"));
    }
    addTlsProblems(problems);
    addSizeProblems(problems);
    addCopyProblems(problems);
    if (routes().list().stream().anyMatch(r -> r.kafkaTopic().equals(quarantineTopic()))) {
      problems.add(
          new Problem(QUARANTINE_TOPIC, "The quarantine cannot be the topic of a route as well"));
    }
    return problems;
  }

  private void addCopyProblems(List<Problem> problems) {
    for (Route copy : copies().map(Routes::list).orElse(List.of())) {
      if (copy.kafkaTopic().equals(quarantineTopic())) {
        problems.add(new Problem(COPIES, "The quarantine cannot be the topic of a copy as well"));
      }
      if (routes().list().stream().anyMatch(route -> isSame(route, copy))) {
        problems.add(
            new Problem(COPIES, "'" + copy + "' would put messages into their own topic again"));
      }
    }
  }

  private static boolean isSame(Route route, Route copy) {
    return route.kafkaTopic().equals(copy.kafkaTopic()) && route.filter().overlaps(copy.filter());
  }

  private void addTlsProblems(List<Problem> problems) {
    if (isTls()) {
      Tls.problem(this).ifPresent(problems::add);
      return;
    }
    for (String key : TLS_KEYS) {
      if (originals().get(key) != null) {
        problems.add(new Problem(key, "Has no effect with tcp://; use ssl://"));
      }
    }
  }

  private void addSizeProblems(List<Problem> problems) {
    if (getInt(QUARANTINE_MAX_BYTES) < payloadMaxBytes()) {
      problems.add(new Problem(QUARANTINE_MAX_BYTES, "Must not be less than " + PAYLOAD_MAX_BYTES));
    }
    if (payloadMaxBytes() > maxRequestSize() - RECORD_HEADROOM) {
      problems.add(
          new Problem(
              PAYLOAD_MAX_BYTES,
              "A message of %d bytes would not fit into the producer's requests of %d: raise %s"
                  .formatted(payloadMaxBytes(), maxRequestSize(), MAX_REQUEST_SIZE)));
    }
  }

  private int maxRequestSize() {
    Object override = originals().get(MAX_REQUEST_SIZE);
    return override == null
        ? DEFAULT_MAX_REQUEST_SIZE
        : Integer.parseInt(override.toString().strip());
  }

  private static void defineConnection(ConfigDef definition) {
    int order = 0;
    definition
        .define(
            URI_CONFIG,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            check(MqttSourceConfig::requireBrokerUri, "tcp://host:port or ssl://host:port"),
            Importance.HIGH,
            "The MQTT 5 broker: tcp://host:port, or ssl://host:port for TLS.",
            CONNECTION,
            order++,
            Width.LONG,
            "Broker URI")
        .define(
            CLIENT_ID,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            check(MqttSourceConfig::requireClientId, "1 to 60 of [A-Za-z0-9._-]"),
            Importance.HIGH,
            "The MQTT client identifier; -0, -1, … is appended for each task. It names the session"
                + " in which the broker keeps messages while the connector is away, so it must stay"
                + " the same, and no other client may use it.",
            CONNECTION,
            order++,
            Width.MEDIUM,
            "Client id")
        .define(
            USERNAME,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "The user name at the broker; none if absent.",
            CONNECTION,
            order++,
            Width.MEDIUM,
            "User name")
        .define(
            PASSWORD,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "The password at the broker; use a config provider to keep it out of the configuration.",
            CONNECTION,
            order++,
            Width.MEDIUM,
            "Password")
        .define(
            SESSION_EXPIRY_SECONDS,
            ConfigDef.Type.LONG,
            86_400L,
            Range.between(60, 0xFFFF_FFFFL),
            Importance.MEDIUM,
            "How many seconds the broker keeps the session while the connector is away. Messages"
                + " that arrive later than that are not delivered. 4294967295 means for ever.",
            CONNECTION,
            order++,
            Width.SHORT,
            "Session expiry (s)")
        .define(
            RECEIVE_MAXIMUM,
            ConfigDef.Type.INT,
            2_000,
            Range.between(1, 32_767),
            Importance.MEDIUM,
            "How many messages the broker may send before their PUBACKs. Throughput is at most this"
                + " number divided by the time Kafka takes to commit; memory is at most three times"
                + " this number of messages.",
            CONNECTION,
            order++,
            Width.SHORT,
            "Receive maximum")
        .define(
            KEEPALIVE_SECONDS,
            ConfigDef.Type.INT,
            20,
            Range.between(5, 65_535),
            Importance.LOW,
            "Seconds of silence after which the connection is probed; a dead one is noticed within"
                + " twice this time.",
            CONNECTION,
            order++,
            Width.SHORT,
            "Keepalive (s)")
        .define(
            CONNECT_TIMEOUT_MS,
            ConfigDef.Type.INT,
            10_000,
            Range.between(100, 300_000),
            Importance.LOW,
            "Milliseconds one attempt to connect, or to subscribe, may take.",
            CONNECTION,
            order,
            Width.SHORT,
            "Connect timeout (ms)");
  }

  private static void defineTls(ConfigDef definition) {
    int order = 0;
    order =
        defineStore(
            definition,
            order,
            TRUSTSTORE_TYPE,
            TRUSTSTORE_LOCATION,
            TRUSTSTORE_PASSWORD,
            "the certificates that the broker's is checked with; the JVM's own if absent");
    order =
        defineStore(
            definition,
            order,
            KEYSTORE_TYPE,
            KEYSTORE_LOCATION,
            KEYSTORE_PASSWORD,
            "the connector's own key and certificate, for brokers that ask for one");
    definition.define(
        KEY_PASSWORD,
        ConfigDef.Type.PASSWORD,
        null,
        Importance.LOW,
        "The password of the private key in the key store.",
        TLS,
        order,
        Width.MEDIUM,
        "Key password");
  }

  private static int defineStore(
      ConfigDef definition,
      int order,
      String type,
      String location,
      String password,
      String contents) {
    definition
        .define(
            location,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "A file with " + contents + ".",
            TLS,
            order,
            Width.LONG,
            location.substring(MQTT_PREFIX.length()))
        .define(
            type,
            ConfigDef.Type.STRING,
            "PEM",
            ConfigDef.ValidString.in("PEM", "PKCS12", "JKS"),
            Importance.LOW,
            "The format of " + location + ".",
            TLS,
            order + 1,
            Width.SHORT,
            type.substring(MQTT_PREFIX.length()))
        .define(
            password,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.LOW,
            "The password of " + location + "; not used with PEM.",
            TLS,
            order + 2,
            Width.MEDIUM,
            password.substring(MQTT_PREFIX.length()));
    return order + 3;
  }

  private static void defineRouting(ConfigDef definition) {
    int order = 0;
    definition
        .define(
            ROUTES,
            ConfigDef.Type.LIST,
            List.of(
                DeviceTopic.Channel.TELEMETRY.filter() + "=" + KafkaTopics.READINGS,
                DeviceTopic.Channel.STATUS.filter() + "=" + KafkaTopics.STATUS),
            check(MqttSourceConfig::requireRoutes, "filter=kafka.topic, no two overlapping"),
            Importance.HIGH,
            "Where messages go: filter=kafka.topic, divided by commas. No two filters may match the"
                + " same topic. The filters are dealt to the tasks, so tasks.max beyond their number"
                + " has no effect.",
            ROUTING,
            order++,
            Width.LONG,
            "Routes")
        .define(
            COPIES,
            ConfigDef.Type.LIST,
            List.of(DeviceTopic.Channel.STATUS.filter() + "=" + KafkaTopics.READINGS),
            check(MqttSourceConfig::requireCopies, "filter=kafka.topic, no two overlapping"),
            Importance.MEDIUM,
            "Where routed messages go as well: filter=kafka.topic, divided by commas; empty for"
                + " nowhere. A message is acknowledged when Kafka has both records. The stream job"
                + " needs the status messages among the readings, in the order in which the device"
                + " sent them; with tasks.max=1 that order is kept between topics too.",
            ROUTING,
            order++,
            Width.LONG,
            "Copies")
        .define(
            PAYLOAD_MAX_BYTES,
            ConfigDef.Type.INT,
            262_144,
            Range.atLeast(1),
            Importance.MEDIUM,
            "The greatest payload in bytes that is routed; larger messages go to quarantine.",
            ROUTING,
            order++,
            Width.SHORT,
            "Payload bound (bytes)")
        .define(
            QUARANTINE_TOPIC,
            ConfigDef.Type.STRING,
            KafkaTopics.QUARANTINE,
            check(value -> Route.requireKafkaTopic(value.toString()), "a Kafka topic"),
            Importance.MEDIUM,
            "The Kafka topic for messages that cannot be routed, with the reason in headers.",
            ROUTING,
            order++,
            Width.MEDIUM,
            "Quarantine topic")
        .define(
            QUARANTINE_MAX_BYTES,
            ConfigDef.Type.INT,
            4 * 1024 * 1024,
            Range.atLeast(1),
            Importance.LOW,
            "The most bytes of a message that are kept in quarantine; never more than "
                + MAX_REQUEST_SIZE
                + " (1 MiB if that is not set) less 256 KiB.",
            ROUTING,
            order++,
            Width.SHORT,
            "Quarantine bound (bytes)")
        .define(
            POLL_MAX_RECORDS,
            ConfigDef.Type.INT,
            2_000,
            Range.atLeast(1),
            Importance.LOW,
            "The most messages that are handed to Kafka Connect at once.",
            ROUTING,
            order,
            Width.SHORT,
            "Poll batch");
  }

  private static void requireBrokerUri(Object value) {
    URI uri = URI.create(value.toString());
    boolean scheme = "tcp".equals(uri.getScheme()) || "ssl".equals(uri.getScheme());
    if (!scheme || uri.getHost() == null || uri.getPort() < 1 || isMoreThanAnAddress(uri)) {
      throw new IllegalArgumentException(
          "expected tcp://host:port or ssl://host:port and nothing more; a login goes into "
              + USERNAME
              + " and "
              + PASSWORD);
    }
  }

  /** The MQTT client refuses a path each time it connects, and ignores the rest. */
  private static boolean isMoreThanAnAddress(URI uri) {
    return uri.getRawUserInfo() != null
        || !uri.getRawPath().isEmpty()
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null;
  }

  private static void requireClientId(Object value) {
    if (!value.toString().matches("[A-Za-z0-9._-]{1,60}")) {
      throw new IllegalArgumentException("expected 1 to 60 of [A-Za-z0-9._-]");
    }
  }

  private static void requireRoutes(Object value) {
    Routes.parse(texts(value));
  }

  private static void requireCopies(Object value) {
    if (!texts(value).isEmpty()) {
      Routes.parse(texts(value));
    }
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(Object::toString).toList();
  }

  /** The filters of a task, as the connector wrote them. */
  static List<TopicFilter> taskFilters(Map<String, String> properties) {
    return List.of(properties.getOrDefault(TASK_FILTERS, "").split(",")).stream()
        .map(TopicFilter::new)
        .toList();
  }

  @FunctionalInterface
  private interface Check {
    void require(Object value);
  }

  private static ConfigDef.Validator check(Check check, String form) {
    return new ConfigDef.Validator() {
      @Override
      public void ensureValid(String name, @Nullable Object value) {
        if (value == null) {
          // A required option that is absent; Kafka says so itself.
          return;
        }
        try {
          check.require(value);
        } catch (IllegalArgumentException e) {
          throw new ConfigException(name, value, e.getMessage());
        }
      }

      @Override
      public String toString() {
        return form;
      }
    };
  }
}
