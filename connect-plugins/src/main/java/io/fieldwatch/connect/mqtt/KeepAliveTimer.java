package io.fieldwatch.connect.mqtt;

import java.util.Timer;
import java.util.TimerTask;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/** Paho's own ping timer, on a daemon thread: Paho's would keep a worker from exiting. */
final class KeepAliveTimer implements MqttPingSender {
  private final String threadName;
  private @Nullable ClientComms comms;
  private @Nullable Timer timer;

  KeepAliveTimer(String threadName) {
    this.threadName = threadName;
  }

  @Override
  public synchronized void init(ClientComms clientComms) {
    comms = clientComms;
  }

  @Override
  public synchronized void start() {
    stop();
    timer = new Timer(threadName, true);
    if (comms != null) {
      schedule(comms.getKeepAlive());
    }
  }

  @Override
  public synchronized void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  @Override
  public synchronized void schedule(long delayInMilliseconds) {
    if (timer == null) {
      return;
    }
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            check();
          }
        },
        delayInMilliseconds);
  }

  private void check() {
    ClientComms checked;
    synchronized (this) {
      checked = comms;
    }
    if (checked != null) {
      // Sends a ping if it is time, notices a dead connection, and schedules the next check.
      checked.checkForActivity();
    }
  }
}
