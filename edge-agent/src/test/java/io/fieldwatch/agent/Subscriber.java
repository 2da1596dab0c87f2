package io.fieldwatch.agent;

import io.fieldwatch.reading.Pack;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatusJson;
import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.DeviceTopic.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Keeps every pack and the last status of each device, as decoded by the pipeline's own reader. */
final class Subscriber implements AutoCloseable {
  private final String uri;
  private final PackDecoder decoder = new PackDecoder(PackDecoder.Limits.DEFAULT);
  private final List<Pack> packs = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final ConcurrentMap<String, DeviceStatus> statuses = new ConcurrentHashMap<>();
  private MqttAsyncClient client;

  Subscriber(String uri) throws MqttException {
    this.uri = uri;
    this.client = connect();
  }

  private MqttAsyncClient connect() throws MqttException {
    MqttAsyncClient next = new MqttAsyncClient(uri, "subscriber", new MemoryPersistence());
    // Before connecting: what waited for this session comes at once.
    next.setCallback(new Taker());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    next.connect(options).waitForCompletion(10_000);
    next.subscribe("fieldwatch/#", 1).waitForCompletion(10_000);
    return next;
  }

  private final class Taker implements MqttCallback {
    @Override
    public void connectionLost(Throwable cause) {
      // The test says when to come back.
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      take(topic, message);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // Nothing is published.
    }
  }

  /** Subscribes again at a broker that was restarted. */
  void reconnect() throws MqttException {
    client.disconnectForcibly(0, 500, false);
    client.close(true);
    client = connect();
  }

  private synchronized void take(String name, MqttMessage message) {
    DeviceTopic topic = DeviceTopic.parse(name).orElseThrow();
    if (topic.channel() == Channel.STATUS) {
      statuses.put(topic.device().key(), DeviceStatusJson.read(message.getPayload()));
      return;
    }
    PackBuffer buffer = new PackBuffer();
    try {
      decoder.decode(message.getPayload(), topic.device(), buffer);
      packs.add(buffer.toPack());
    } catch (PackRejectedException e) {
      faults.add(name + ": " + e.getMessage());
    }
  }

  synchronized List<Pack> packsOf(String device) {
    return packs.stream().filter(pack -> pack.device().key().equals(device)).toList();
  }

  /** Packs that are no packs. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  DeviceStatus statusOf(String device) {
    return Objects.requireNonNull(statuses.get(device), "no status yet");
  }

  boolean hasStatus(String device, String reason) {
    DeviceStatus status = statuses.get(device);
    return status != null && status.reason().equals(reason);
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 500, false);
    client.close(true);
  }
}
