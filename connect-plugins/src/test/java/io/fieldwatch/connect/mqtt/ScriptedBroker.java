package io.fieldwatch.connect.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Says what Mosquitto 2.0.11 never says: it accepts one MQTT 5 client and its subscription of one
 * filter, and then ends the connection with a reason code.
 */
final class ScriptedBroker implements AutoCloseable {
  private static final int SUBSCRIBE = 0x82;

  private final ServerSocket listener;

  private ScriptedBroker(ServerSocket listener) {
    this.listener = listener;
  }

  static ScriptedBroker endingWith(int reasonCode) throws IOException {
    ScriptedBroker broker =
        new ScriptedBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(() -> broker.serve(reasonCode), "scripted-broker");
    thread.setDaemon(true);
    thread.start();
    return broker;
  }

  String uri() {
    return "tcp://127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve(int reasonCode) {
    try (Socket client = listener.accept()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      readPacket(in);
      send(out, 0x20, 3, 0, 0, 0);
      byte[] subscribe = readPacket(in);
      send(out, 0x90, 4, subscribe[0], subscribe[1], 0, 1);
      send(out, 0xE0, 1, reasonCode);
      in.readAllBytes();
    } catch (IOException e) {
      // The client is gone.
      return;
    }
  }

  /** The body of a packet shorter than 16 KiB. */
  private static byte[] readPacket(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length >= 0x80) {
      length = (length & 0x7F) + in.readUnsignedByte() * 0x80;
    }
    byte[] body = in.readNBytes(length);
    if (type != SUBSCRIBE && type != 0x10) {
      throw new IOException("Unexpected packet type " + type);
    }
    return body;
  }

  private static void send(OutputStream out, int... bytes) throws IOException {
    for (int b : bytes) {
      out.write(b);
    }
    out.flush();
  }
}
