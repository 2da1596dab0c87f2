package io.fieldwatch.local.acceptance;

import java.net.URI;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A foreign device: publishes any bytes to any topic. */
final class RawPublisher implements AutoCloseable {
  /**
   * Far above Paho's default of 10: Paho wakes the publisher at the PUBACK but frees the slot on
   * another thread afterwards, so that even one message at a time uses many slots on a busy
   * machine.
   */
  private static final int MAX_INFLIGHT = 1_000;

  private final MqttClient client;

  RawPublisher(URI broker) throws MqttException {
    client = new MqttClient(broker.toString(), "foreign-device", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(MAX_INFLIGHT);
    client.connect(options);
  }

  /** Blocks until the broker has acknowledged it. */
  void publish(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, false);
  }

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }
}
