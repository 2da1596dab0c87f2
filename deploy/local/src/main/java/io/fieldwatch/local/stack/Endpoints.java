package io.fieldwatch.local.stack;

import io.fieldwatch.local.port.Ports;
import java.net.URI;

/** Where the servers of one stack listen, all on loopback. */
public record Endpoints(
    URI mqtt, String kafkaBootstrap, URI influxDb, URI connect, URI hdfs, URI nameNodeHttp) {
  private static final String HOST = "127.0.0.1";

  /** Chooses the ports that are not chosen yet. */
  public static Endpoints of(Ports ports) {
    return new Endpoints(
        uri("tcp", ports.port("mqtt")),
        HOST + ":" + ports.port("kafka"),
        uri("http", ports.port("influxdb")),
        uri("http", ports.port("connect")),
        uri("hdfs", ports.port("hdfs")),
        uri("http", ports.port("namenode-http")));
  }

  private static URI uri(String scheme, int port) {
    return URI.create(scheme + "://" + HOST + ":" + port);
  }
}
