package io.fieldwatch.local.acceptance;

import java.net.URI;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A foreign device: publishes any bytes to any topic. */
final class RawPublisher implements AutoCloseable {
  private final MqttClient client;

  RawPublisher(URI broker) throws MqttException {
    client = new MqttClient(broker.toString(), "foreign-device", new MemoryPersistence());
    client.connect();
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
