package io.fieldwatch.local.fleet;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.status.DeviceStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Devices that publish by the clock, whatever becomes of it: an open loop, each device with a
 * connection of its own. Nothing is spooled, so a broker that goes away ends it. Not thread safe.
 */
public final class Fleet implements AutoCloseable {
  private static final int ANSWER_PACE_MILLIS = 1;

  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();

  /**
   * Connects every device and announces it; blocks until the broker has answered.
   *
   * @param sensors of each device, and so readings in each of its packs
   */
  public Fleet(URI broker, int devices, int sensors, Duration bound)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(broker.getHost(), broker.getPort());
    long giveUp = System.nanoTime() + bound.toNanos();
    for (int i = 0; i < devices; i++) {
      clients.add(new Client(new DeviceId("fleet", "client-" + i), sensors, i, address, selector));
    }
    while (!clients.stream().allMatch(Client::isConnected)) {
      exchange(giveUp);
    }
    announce(DeviceStatus.State.ONLINE, "birth");
  }

  /** Readings sent so far. */
  public long readings() {
    return clients.stream().mapToLong(Client::readings).sum();
  }

  /** Messages that the broker has not acknowledged. */
  public long unacknowledged() {
    return clients.stream().mapToLong(Client::unacknowledged).sum();
  }

  /** Publishes for a while, the devices one after the other at an even pace; blocks. */
  public void publish(Duration time, double messagesPerDeviceAndSecond)
      throws IOException, InterruptedException {
    double perNano = messagesPerDeviceAndSecond * clients.size() / 1e9;
    long begin = System.nanoTime();
    long sent = 0;
    for (long past = 0; past < time.toNanos(); past = System.nanoTime() - begin) {
      long due = (long) (past * perNano);
      long now = System.currentTimeMillis();
      for (; sent < due; sent++) {
        clients.get((int) (sent % clients.size())).sendPack(now);
      }
      exchange(Long.MAX_VALUE);
    }
  }

  /** Tells everybody's final counts, and waits until the broker has all there is. */
  public void finish(Duration bound) throws IOException, InterruptedException {
    announce(DeviceStatus.State.OFFLINE, "stopped");
    long giveUp = System.nanoTime() + bound.toNanos();
    while (unacknowledged() > 0) {
      exchange(giveUp);
    }
  }

  private void announce(DeviceStatus.State state, String reason) throws IOException {
    for (Client client : clients) {
      client.announce(state, reason);
    }
  }

  private void exchange(long giveUp) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (giveUp != Long.MAX_VALUE && System.nanoTime() > giveUp) {
      throw new IOException("The broker has not answered in time");
    }
    selector.select(ANSWER_PACE_MILLIS);
    for (SelectionKey key : selector.selectedKeys()) {
      Client client = (Client) key.attachment();
      if (key.isReadable()) {
        client.read();
      }
      if (key.isValid() && key.isWritable()) {
        client.flush();
      }
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.close();
    }
    selector.close();
  }
}
