package io.fieldwatch.agent.mqtt;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.DeviceTopic.Channel;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one device, from CONNECT to its end; a new one is made after each loss. Paho is
 * used as little as possible: nothing is kept by it, nothing reconnects by itself, and its
 * callbacks only take notes.
 *
 * <p>One thread calls; Paho's callback thread enters the window and rings.
 */
final class BrokerConnection implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FAREWELL_TIMEOUT = Duration.ofSeconds(2);
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final int QOS_AT_LEAST_ONCE = 1;

  /** Status messages beside the packs, and slots that Paho frees a moment after its callback. */
  private static final int SPARE_SLOTS = 16;

  private final MqttAsyncClient client;
  private final String telemetryTopic;
  private final String statusTopic;
  private final InFlightWindow window;
  private final Signal signal;
  private @Nullable IMqttDeliveryToken lastStatus;
  private volatile boolean lost;
  private volatile @Nullable Throwable cause;

  private BrokerConnection(
      MqttAsyncClient client, DeviceId device, InFlightWindow window, Signal signal) {
    this.client = client;
    this.telemetryTopic = new DeviceTopic(device, Channel.TELEMETRY).name();
    this.statusTopic = new DeviceTopic(device, Channel.STATUS).name();
    this.window = window;
    this.signal = signal;
    client.setCallback(new Notes());
  }

  /**
   * Connects; blocks for up to {@link #CONNECT_TIMEOUT}.
   *
   * @param will the last will, published by the broker when the connection is lost
   * @throws MqttException if there is no connection; nothing is left behind
   */
  static BrokerConnection open(BrokerSettings settings, DeviceId device, byte[] will, Signal signal)
      throws MqttException {
    // ':' is in no name, so two devices never share an id; '/' would forbid %c in broker ACLs.
    String clientId = "fieldwatch:" + device.site() + ":" + device.device();
    BrokerConnection connection =
        new BrokerConnection(
            new MqttAsyncClient(settings.uri(), clientId, new MemoryPersistence()),
            device,
            new InFlightWindow(settings.maxInflight()),
            signal);
    boolean connected = false;
    try {
      MqttConnectOptions options = options(settings);
      options.setWill(connection.statusTopic, will, QOS_AT_LEAST_ONCE, true);
      connection.client.connect(options).waitForCompletion(CONNECT_TIMEOUT.toMillis());
      connected = true;
    } finally {
      if (!connected) {
        connection.close();
      }
    }
    return connection;
  }

  private static MqttConnectOptions options(BrokerSettings settings) {
    MqttConnectOptions options = new MqttConnectOptions();
    // Without a version Paho answers each refusal with a second attempt as 3.1.
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setConnectionTimeout((int) CONNECT_TIMEOUT.toSeconds());
    options.setMaxInflight(settings.maxInflight() + SPARE_SLOTS);
    settings
        .login()
        .ifPresent(
            login -> {
              options.setUserName(login.username());
              options.setPassword(login.password().toCharArray());
            });
    return options;
  }

  InFlightWindow window() {
    return window;
  }

  boolean isLost() {
    return lost;
  }

  /** Why the connection was lost. */
  String lossReason() {
    Throwable why = cause;
    return why == null ? "unknown" : String.valueOf(why.getMessage());
  }

  /** Hands a pack to the sender thread; the window must have room. */
  void publishPack(PackId id, byte[] payload) throws MqttException {
    window.send(id);
    client.publish(telemetryTopic, message(payload), id, null);
  }

  /** Publishes a status, unless the one before is still under way: then the broker is slow. */
  void publishStatus(byte[] payload) throws MqttException {
    IMqttDeliveryToken before = lastStatus;
    if (before == null || before.isComplete()) {
      MqttMessage message = message(payload);
      message.setRetained(true);
      lastStatus = client.publish(statusTopic, message);
    }
  }

  /** Publishes the last status and says goodbye, so that the will is not published. */
  void leave(byte[] status) throws MqttException {
    awaitStatus();
    publishStatus(status);
    awaitStatus();
    client.disconnect(0).waitForCompletion(FAREWELL_TIMEOUT.toMillis());
  }

  private void awaitStatus() throws MqttException {
    Optional<IMqttDeliveryToken> token = Optional.ofNullable(lastStatus);
    if (token.isPresent()) {
      token.get().waitForCompletion(FAREWELL_TIMEOUT.toMillis());
    }
  }

  private static MqttMessage message(byte[] payload) {
    MqttMessage message = new MqttMessage(payload);
    message.setQos(QOS_AT_LEAST_ONCE);
    return message;
  }

  /** Ends the connection at once, whatever state it is in. */
  @Override
  public void close() {
    try {
      // Not disconnect(): on a broken connection that leaks a thread for half a minute.
      client.disconnectForcibly(0, 500, false);
    } catch (MqttException e) {
      cause = e;
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      cause = e;
    }
  }

  private final class Notes implements MqttCallback {
    @Override
    public void connectionLost(@Nullable Throwable why) {
      cause = why;
      lost = true;
      signal.ring();
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      if (token.getException() == null && token.getUserContext() instanceof PackId id) {
        window.acknowledge(id);
      }
      signal.ring();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      // Nothing is subscribed; what a broker sends all the same is not for this agent.
    }
  }
}
