package io.fieldwatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between an agent and its broker, which can be cut at any byte. */
final class Link implements Closeable {
  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int brokerPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Link(int brokerPort) throws IOException {
    this.brokerPort = brokerPort;
    new Thread(this::accept, "link").start();
  }

  String uri() {
    return "tcp://127.0.0.1:" + entrance.getLocalPort();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket agent = entrance.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
        open.add(agent);
        open.add(broker);
        new Thread(() -> carry(agent, broker), "link to broker").start();
        new Thread(() -> carry(broker, agent), "link to agent").start();
      } catch (IOException e) {
        // Closed, or the broker is away: the agent will come again.
      }
    }
  }

  private void carry(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      open.remove(from);
    }
  }

  /** Breaks every connection at once, with whatever is on its way. */
  void cut() {
    open.forEach(Link::reset);
    open.clear();
  }

  /** Closes without a farewell; a socket that the other side closed first is as good. */
  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      assertThat(socket.isClosed()).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }
}
