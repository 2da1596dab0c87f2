package io.fieldwatch.connect.mqtt;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS sockets to the broker, by Kafka's own reading of key stores: PEM, PKCS12 and JKS. */
final class Tls {
  private Tls() {}

  /**
   * Reads the key stores.
   *
   * @throws KafkaException if one cannot be read
   */
  static SSLSocketFactory socketFactory(MqttSourceConfig config) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(config.tlsValues());
      return factory.sslContext().getSocketFactory();
    }
  }

  /** Why the key stores cannot be used, if so. */
  static Optional<MqttSourceConfig.Problem> problem(MqttSourceConfig config) {
    try {
      socketFactory(config);
      return Optional.empty();
    } catch (KafkaException e) {
      return Optional.of(
          new MqttSourceConfig.Problem(
              MqttSourceConfig.URI_CONFIG, "Cannot set up TLS: " + rootMessage(e)));
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return thrown.getMessage() + " (" + root + ")";
  }
}
