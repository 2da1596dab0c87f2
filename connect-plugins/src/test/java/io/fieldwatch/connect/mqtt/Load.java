package io.fieldwatch.connect.mqtt;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttException;

/** A few devices that publish numbered messages, {@code device:seq}, about 2000 a second. */
final class Load implements AutoCloseable {
  private static final long PAUSE_NANOS = 400_000;

  private final Publisher publisher;
  private final Thread thread;
  private volatile boolean running = true;

  private Load(Publisher publisher, String site, int devices) {
    this.publisher = publisher;
    this.thread = new Thread(() -> publish(site, devices), "load-" + site);
    thread.setDaemon(true);
  }

  static Load start(String uri, String site, int devices) throws MqttException {
    Load load = new Load(new Publisher(uri), site, devices);
    load.thread.start();
    return load;
  }

  /** Waits until so many more messages are acknowledged. */
  void awaitMore(int messages) {
    int goal = acknowledged().size() + messages;
    await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged().size() >= goal);
  }

  /** Requires that messages are acknowledged in every second of a time. */
  void awaitMoreThroughout(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      int before = acknowledged().size();
      await()
          .pollDelay(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .until(() -> acknowledged().size() > before);
    }
  }

  /** Ends the load; what was published before is acknowledged or has failed. */
  void stop() throws InterruptedException {
    running = false;
    thread.join();
    publisher.flush();
  }

  /** Ends the load when the broker is gone: nothing more is acknowledged. */
  void abandon() throws InterruptedException {
    running = false;
    thread.interrupt();
    thread.join();
  }

  Set<String> acknowledged() {
    return publisher.acknowledged();
  }

  @Override
  public void close() throws MqttException {
    running = false;
    publisher.close();
  }

  private void publish(String site, int devices) {
    try {
      for (int seq = 1; running; seq++) {
        String device = "d" + seq % devices;
        publisher.publish("fieldwatch/" + site + "/" + device + "/telemetry", device + ":" + seq);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (MqttException e) {
      // The broker is gone: nothing more will be acknowledged.
      running = false;
    } catch (InterruptedException e) {
      running = false;
    }
  }
}
