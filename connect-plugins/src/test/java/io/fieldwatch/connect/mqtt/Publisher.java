package io.fieldwatch.connect.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** Publishes with QoS 1 and remembers what the broker has acknowledged. */
final class Publisher implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int WINDOW = 500;

  private final MqttAsyncClient client;
  private final Semaphore window = new Semaphore(WINDOW - 1);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  Publisher(String uri) throws MqttException {
    client =
        new MqttAsyncClient(uri, "publisher-" + NUMBERS.incrementAndGet(), new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setMaxInflight(WINDOW);
    client.connect(options).waitForCompletion(10_000);
  }

  /** Publishes a text; waits only while the window is full. */
  void publish(String topic, String payload) throws MqttException, InterruptedException {
    publish(topic, payload.getBytes(UTF_8), payload);
  }

  /** Publishes bytes that are remembered under a name. */
  void publish(String topic, byte[] payload, String name)
      throws MqttException, InterruptedException {
    window.acquire();
    client.publish(
        topic,
        payload,
        1,
        false,
        null,
        new IMqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            acknowledged.add(name);
            window.release();
          }

          @Override
          public void onFailure(IMqttToken token, @Nullable Throwable cause) {
            window.release();
          }
        });
  }

  void publishRetained(String topic, String payload) throws MqttException {
    client.publish(topic, payload.getBytes(UTF_8), 1, true).waitForCompletion(10_000);
  }

  void publishUnacknowledged(String topic, String payload) throws MqttException {
    client.publish(topic, payload.getBytes(UTF_8), 0, false).waitForCompletion(10_000);
  }

  /** Waits until everything that was published is acknowledged or failed. */
  void flush() throws InterruptedException {
    window.acquire(WINDOW - 1);
    window.release(WINDOW - 1);
  }

  Set<String> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 500, client.isConnected());
    client.close(true);
  }
}
