package io.fieldwatch.connect.mqtt;

import io.fieldwatch.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker: one Paho client, connected once and then thrown away, because a
 * Paho client whose connect got no answer never recovers, and its own reconnecting leaks threads.
 *
 * <p>One thread owns the connection and calls everything but the callbacks, which come on Paho's
 * threads and neither block nor throw.
 */
final class MqttConnection implements MqttCallback, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MqttConnection.class);
  private static final int QOS = 1;

  /** Send retained messages only for a subscription that the session does not have yet. */
  private static final int RETAINED_IF_NEW = 1;

  private static final long GOODBYE_MILLIS = 500;

  private final int number;
  private final MqttSourceConfig config;
  private final Intake intake;
  private final MqttMetrics metrics;
  private final Signal signal;
  private final MqttAsyncClient client;
  private final AtomicReference<@Nullable Loss> loss = new AtomicReference<>();
  private volatile @Nullable Answer pending;

  /** Why the connection is of no use any more. */
  record Loss(int reasonCode, String sentence) {}

  /**
   * A connection that is not connected yet.
   *
   * @param number the ledger's number of it
   * @param signal raised when the connection is lost
   */
  MqttConnection(
      int number,
      MqttSourceConfig config,
      String clientId,
      Intake intake,
      MqttMetrics metrics,
      Signal signal)
      throws MqttException {
    this.number = number;
    this.config = config;
    this.intake = intake;
    this.metrics = metrics;
    this.signal = signal;
    this.client =
        new MqttAsyncClient(
            config.uri().toString(),
            clientId,
            new MemoryPersistence(),
            new KeepAliveTimer("MQTT Ping: " + clientId),
            null);
    // Before connecting: Paho silently discards what arrives while there is no callback.
    client.setCallback(this);
    client.setManualAcks(true);
  }

  /**
   * Connects.
   *
   * @return whether the broker has kept our session
   */
  boolean connect()
      throws MqttException, TimeoutException, BrokerRefusedException, InterruptedException {
    Answer answer = newAnswer();
    client.connect(options(), null, answer);
    return answer.await(config.connectTimeout(), "Cannot connect").getSessionPresent();
  }

  /** Subscribes with QoS 1. The broker's messages do not wait for this to end. */
  void subscribe(List<TopicFilter> filters)
      throws MqttException, TimeoutException, BrokerRefusedException, InterruptedException {
    Answer answer = newAnswer();
    MqttSubscription[] subscriptions =
        filters.stream().map(MqttConnection::subscription).toArray(MqttSubscription[]::new);
    client.subscribe(subscriptions, null, answer, new MqttProperties());
    int[] granted =
        answer.await(config.connectTimeout(), "Cannot subscribe to " + filters).getReasonCodes();
    for (int i = 0; i < filters.size(); i++) {
      requireGranted(filters.get(i), granted[i]);
    }
  }

  /** Ends subscriptions; those that the session does not have are no error. */
  void unsubscribe(List<TopicFilter> filters)
      throws MqttException, TimeoutException, BrokerRefusedException, InterruptedException {
    Answer answer = newAnswer();
    String[] texts = filters.stream().map(TopicFilter::text).toArray(String[]::new);
    client.unsubscribe(texts, null, answer, new MqttProperties());
    answer.await(config.connectTimeout(), "Cannot unsubscribe from " + filters);
  }

  /**
   * Queues a PUBACK; does not wait until it is sent.
   *
   * @throws MqttException if it cannot; the connection is lost then
   */
  void acknowledge(int packetId) throws MqttException {
    if (loss.get() != null) {
      // Paho would take it, and the ledger would believe that the broker has it.
      throw new MqttException(MqttClientException.REASON_CODE_CLIENT_NOT_CONNECTED);
    }
    try {
      client.messageArrivedComplete(packetId, QOS);
    } catch (MqttException e) {
      lost(new Loss(e.getReasonCode(), "Cannot send a PUBACK: " + e));
      throw e;
    }
  }

  /** Why the connection was lost; empty while it was not. */
  Optional<Loss> loss() {
    return Optional.ofNullable(loss.get());
  }

  /**
   * Disconnects, after PUBACKs that are queued, and lets all threads and sockets go. The broker
   * keeps the session. Takes a second at most.
   */
  @Override
  public void close() {
    // An interrupt has done its work when it has brought the owner here.
    boolean interrupted = Thread.interrupted();
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(GOODBYE_MILLIS, GOODBYE_MILLIS, true);
      } else {
        // Never disconnect() first: on a client that is connecting it leaks a thread.
        client.disconnectForcibly(0, GOODBYE_MILLIS, false);
      }
    } catch (MqttException | RuntimeException e) {
      log.debug("Cannot disconnect from the broker cleanly, connection={}", number, e);
    }
    try {
      client.close(true);
    } catch (MqttException | RuntimeException e) {
      log.debug("Cannot close the MQTT client cleanly, connection={}", number, e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    if (loss.get() != null) {
      // After one message was refused, taking a later one would change their order.
      return;
    }
    try {
      intake.take(number, topic, message);
    } catch (Throwable t) {
      // Paho would log it at FINE and go on, and the message would wait for ever.
      metrics.callbackError();
      lost(new Loss(0, "Cannot take a message: " + t));
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    String reason =
        response.getException() != null
            ? String.valueOf(
                response.getException().getCause() != null
                    ? response.getException().getCause()
                    : response.getException())
            : "reason " + ReasonCode.hex(response.getReturnCode());
    lost(new Loss(response.getReturnCode(), "The broker ended the connection: " + reason));
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {
    lost(new Loss(exception.getReasonCode(), "MQTT error: " + exception));
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // Nothing is published.
  }

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {
    // The answer of connect() says so.
  }

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {
    // Enhanced authentication is not asked for.
  }

  private void lost(Loss why) {
    loss.compareAndSet(null, why);
    signal.raise();
    failPending();
  }

  private Answer newAnswer() {
    Answer answer = new Answer();
    pending = answer;
    if (loss.get() != null) {
      failPending();
    }
    return answer;
  }

  /** Paho forgets the requests of a connection that the broker ends in good order. */
  private void failPending() {
    Answer awaited = pending;
    if (awaited != null) {
      awaited.onFailure(null, new MqttException(MqttClientException.REASON_CODE_CONNECTION_LOST));
    }
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval(config.sessionExpiry().toSeconds());
    options.setReceiveMaximum(config.receiveMaximum());
    options.setKeepAliveInterval((int) config.keepalive().toSeconds());
    options.setConnectionTimeout(
        (int) Math.max(1, config.connectTimeout().plusMillis(999).toSeconds()));
    options.setUseSubscriptionIdentifiers(false);
    config.username().ifPresent(options::setUserName);
    config.password().ifPresent(p -> options.setPassword(Passwords.utf8(p)));
    if (config.isTls()) {
      // Read anew for every connection, so that renewed certificates are used without a restart.
      options.setSocketFactory(Tls.socketFactory(config));
    }
    return options;
  }

  private static MqttSubscription subscription(TopicFilter filter) {
    MqttSubscription subscription = new MqttSubscription(filter.text(), QOS);
    subscription.setRetainHandling(RETAINED_IF_NEW);
    return subscription;
  }

  private static void requireGranted(TopicFilter filter, int reasonCode)
      throws MqttException, BrokerRefusedException {
    if (reasonCode == QOS) {
      return;
    }
    if (reasonCode == 0) {
      throw new BrokerRefusedException(
          "Cannot subscribe to '%s': the broker grants QoS 0 only, which loses messages"
              .formatted(filter));
    }
    Optional<String> refusal = ReasonCode.finalRefusal(reasonCode);
    if (refusal.isPresent()) {
      throw new BrokerRefusedException(
          "Cannot subscribe to '%s': the broker answers %s, %s"
              .formatted(filter, ReasonCode.hex(reasonCode), refusal.get()));
    }
    throw new MqttException(reasonCode);
  }

  /** The answer to one request, awaited by the owner: Paho's own waiting ignores interrupts. */
  private static final class Answer implements MqttActionListener {
    private final CompletableFuture<IMqttToken> token = new CompletableFuture<>();

    @Override
    public void onSuccess(IMqttToken answered) {
      token.complete(answered);
    }

    @Override
    public void onFailure(@Nullable IMqttToken failed, Throwable cause) {
      token.completeExceptionally(cause);
    }

    IMqttToken await(Duration patience, String cannot)
        throws MqttException, TimeoutException, BrokerRefusedException, InterruptedException {
      try {
        return token.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        TimeoutException named =
            new TimeoutException(cannot + ": no answer in " + patience.toMillis() + " ms");
        named.initCause(e);
        throw named;
      } catch (ExecutionException e) {
        throw refusalOr(e, cannot);
      }
    }

    private static MqttException refusalOr(ExecutionException e, String cannot)
        throws BrokerRefusedException {
      if (!(e.getCause() instanceof MqttException refused)) {
        return new MqttException(e.getCause());
      }
      Optional<String> refusal = ReasonCode.finalRefusal(refused.getReasonCode());
      if (refusal.isPresent()) {
        throw new BrokerRefusedException(
            "%s: the broker answers %s, %s"
                .formatted(cannot, ReasonCode.hex(refused.getReasonCode()), refusal.get()),
            refused);
      }
      return refused;
    }
  }
}
