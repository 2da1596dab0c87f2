package io.fieldwatch.agent.mqtt;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.agent.spool.Spool;
import io.fieldwatch.agent.spool.SpooledPack;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatus.State;
import io.fieldwatch.status.DeviceStatusJson;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * Brings one device's packs from its spool to the broker, in order, on a thread of its own, and
 * says on the status topic how the device is. It starts whether or not the broker is there, and
 * connects again for as long as it runs.
 *
 * <p>A pack leaves the spool when the broker has acknowledged it and all before it. After a lost
 * connection, or an unchecked exception, everything that is not acknowledged is sent again.
 */
public final class DeviceSession {
  private static final Logger LOG = System.getLogger(DeviceSession.class.getName());

  private final DeviceId device;
  private final Spool spool;
  private final BrokerSettings broker;
  private final Announcement announcement;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Signal signal = new Signal();
  private final Thread thread;

  private volatile boolean stopping;
  private volatile long drainUntilNanos;
  private boolean outageIsLogged;

  /**
   * What is said about the device.
   *
   * @param agentVersion the agent's version
   * @param heartbeat how often the status is published
   * @param sensors asked at each status
   */
  public record Announcement(
      String agentVersion, Duration heartbeat, Supplier<List<DeviceStatus.Sensor>> sensors) {
    public Announcement {
      requireNonNull(agentVersion, "agentVersion is null");
      requireNonNull(heartbeat, "heartbeat is null");
      requireNonNull(sensors, "sensors is null");
    }
  }

  public DeviceSession(
      DeviceId device,
      Spool spool,
      BrokerSettings broker,
      Announcement announcement,
      InstantSource clock,
      RandomGenerator random) {
    this.device = requireNonNull(device, "device is null");
    this.spool = requireNonNull(spool, "spool is null");
    this.broker = requireNonNull(broker, "broker is null");
    this.announcement = requireNonNull(announcement, "announcement is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.backoff = new Backoff(random);
    this.thread = new Thread(this::run, "session " + device);
  }

  /** Begins to connect. Returns at once. */
  public void start() {
    thread.start();
  }

  /** The spool has something new. Any thread; never blocks. */
  public void wake() {
    signal.ring();
  }

  /**
   * Ends the session: sends what the spool still has for so long at most, if there is a connection,
   * then says that the device is offline. Returns at once; {@link #join()} waits for it.
   */
  public void stop(Duration drain) {
    drainUntilNanos = System.nanoTime() + drain.toNanos();
    stopping = true;
    signal.ring();
  }

  /** Waits for the end of the session. */
  public void join() throws InterruptedException {
    thread.join();
  }

  private void run() {
    try {
      while (!stopping) {
        connectAndServe();
        if (!stopping) {
          pause(backoff.next());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connectAndServe() throws InterruptedException {
    try (BrokerConnection connection = BrokerConnection.open(broker, device, lastWill(), signal)) {
      LOG.log(Level.INFO, "Connected: device={0} broker={1}", device, broker.uri());
      outageIsLogged = false;
      serve(connection);
    } catch (MqttException | IOException e) {
      logOutage(e);
    } catch (RuntimeException e) {
      // A defect of ours. The process would stay up with a device that never speaks again.
      LOG.log(Level.ERROR, "Session failed, packs wait in the spool: device=" + device, e);
    }
  }

  /** The first failure of an outage; the others would say the same. */
  private void logOutage(Exception e) {
    if (!outageIsLogged) {
      outageIsLogged = true;
      LOG.log(
          Level.WARNING,
          "Cannot publish, packs wait in the spool: device={0} broker={1} reason={2}",
          device,
          broker.uri(),
          reason(e));
    }
  }

  private static String reason(Exception e) {
    return e.getCause() == null ? String.valueOf(e.getMessage()) : e.getCause().toString();
  }

  private void serve(BrokerConnection connection)
      throws MqttException, IOException, InterruptedException {
    spool.rewind();
    connection.publishStatus(status(State.ONLINE, "birth", Optional.of(spool.counts())));
    long heartbeatNanos = announcement.heartbeat().toNanos();
    long nextStatus = System.nanoTime() + heartbeatNanos;
    while (!connection.isLost()) {
      takeAcknowledgements(connection);
      if (stopping && isDrained()) {
        connection.leave(status(State.OFFLINE, "stopped", Optional.of(spool.counts())));
        return;
      }
      if (System.nanoTime() - nextStatus >= 0) {
        connection.publishStatus(status(State.ONLINE, "heartbeat", Optional.of(spool.counts())));
        nextStatus += heartbeatNanos;
      }
      if (!sendWhatFits(connection)) {
        signal.await(untilNext(nextStatus));
      }
    }
    logOutage(new IOException("connection lost: " + connection.lossReason()));
  }

  private Duration untilNext(long nextStatusNanos) {
    long next = stopping ? Math.min(nextStatusNanos, drainUntilNanos) : nextStatusNanos;
    return Duration.ofNanos(next - System.nanoTime()).plusMillis(1);
  }

  private boolean isDrained() {
    return !spool.hasPending() || System.nanoTime() - drainUntilNanos >= 0;
  }

  private void takeAcknowledgements(BrokerConnection connection) throws IOException {
    Optional<PackId> last = connection.window().takeAcknowledged();
    if (last.isPresent()) {
      spool.acknowledge(last.get());
      backoff.reset();
    }
  }

  private boolean sendWhatFits(BrokerConnection connection) throws MqttException, IOException {
    boolean sent = false;
    while (connection.window().hasRoom()) {
      Optional<SpooledPack> pack = spool.read();
      if (pack.isEmpty()) {
        return sent;
      }
      connection.publishPack(pack.get().id(), pack.get().payload());
      sent = true;
    }
    return sent;
  }

  private byte[] lastWill() {
    return status(State.OFFLINE, "connection-lost", Optional.empty());
  }

  private byte[] status(State state, String reason, Optional<DeviceStatus.Counts> counts) {
    return DeviceStatusJson.write(
        new DeviceStatus(
            state,
            reason,
            spool.epoch(),
            announcement.agentVersion(),
            clock.millis(),
            counts,
            announcement.sensors().get()));
  }

  private void pause(Duration length) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    while (!stopping && System.nanoTime() - end < 0) {
      signal.await(Duration.ofNanos(end - System.nanoTime()).plusMillis(1));
    }
  }
}
