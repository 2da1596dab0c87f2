package io.fieldwatch.local.stack;

import static java.util.stream.Collectors.joining;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.port.Ports;
import java.net.URI;
import java.util.List;

/**
 * Where the servers of one stack listen, all on loopback.
 *
 * @param kafkaBootstrap every broker, with commas between them
 */
public record Endpoints(
    URI mqtt,
    String kafkaBootstrap,
    URI influxDb,
    URI connect,
    URI hdfs,
    URI nameNodeHttp,
    URI sparkMaster,
    URI sparkMasterHttp) {
  /** InfluxDB's database of every stack. */
  public static final String DATABASE = InfluxDb.DATABASE;

  private static final String HOST = "127.0.0.1";

  /** Chooses the ports that are not chosen yet. */
  public static Endpoints of(Ports ports) {
    return of(ports, List.of(Kafka.NAME));
  }

  /**
   * @param brokers the names of Kafka's brokers
   */
  static Endpoints of(Ports ports, List<String> brokers) {
    return new Endpoints(
        uri("tcp", ports.port("mqtt")),
        brokers.stream().map(name -> HOST + ":" + ports.port(name)).collect(joining(",")),
        uri("http", ports.port("influxdb")),
        uri("http", ports.port("connect")),
        uri("hdfs", ports.port("hdfs")),
        uri("http", ports.port("namenode-http")),
        uri("spark", ports.port("spark-master")),
        uri("http", ports.port("spark-master-http")));
  }

  /** Asks the {@link #DATABASE}. */
  public InfluxQuery influxQuery() {
    return new InfluxQuery(influxDb, DATABASE);
  }

  private static URI uri(String scheme, int port) {
    return URI.create(scheme + "://" + HOST + ":" + port);
  }
}
