package io.fieldwatch.benchmark.run;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;

/** Kafka, HDFS and InfluxDB as the local stack starts them, on data of their own. */
final class Servers implements AutoCloseable {
  private static final String ANY_CORE = Cores.SERVERS + "," + Cores.SYSTEM;

  private final Stack stack;

  private Servers(Stack stack) {
    this.stack = stack;
  }

  static Servers start(Installation installation, Path directory)
      throws IOException, InterruptedException {
    return new Servers(
        Stack.in(installation, directory).withoutMqtt().withoutStreamJob().fresh().start());
  }

  /** Leaves the system's core to the system: all servers and this process go to the other one. */
  void makeRoom() throws IOException, InterruptedException {
    pinAll(Integer.toString(Cores.SERVERS));
  }

  /** Gives servers and this process both cores, while no system runs. */
  void spread() throws IOException, InterruptedException {
    pinAll(ANY_CORE);
  }

  Endpoints endpoints() {
    return stack.endpoints();
  }

  String bootstrap() {
    return endpoints().kafkaBootstrap();
  }

  /** Makes a database with the retention policy that the job writes to. */
  InfluxQuery database(String name) throws IOException, InterruptedException {
    InfluxQuery query = new InfluxQuery(endpoints().influxDb(), name);
    query.run(
        "CREATE DATABASE \"%s\" WITH DURATION INF REPLICATION 1 SHARD DURATION 1d NAME \"main\""
            .formatted(name));
    return query;
  }

  @Override
  public void close() throws IOException {
    stack.close();
  }

  private void pinAll(String cores) throws IOException, InterruptedException {
    for (Component component : stack.components()) {
      if (component.pid().isPresent()) {
        Cores.pin(component.pid().getAsLong(), cores);
      }
    }
    Cores.pin(ProcessHandle.current().pid(), cores);
  }
}
