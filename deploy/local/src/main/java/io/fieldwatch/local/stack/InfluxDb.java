package io.fieldwatch.local.stack;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** InfluxDB 1.x, an installed program. */
final class InfluxDb implements Service {
  static final String NAME = "influxdb";
  static final String DATABASE = "fieldwatch";
  static final String RETENTION_POLICY = "main";

  private final Workspace workspace;
  private final InfluxQuery query;

  InfluxDb(Workspace workspace) {
    this.workspace = workspace;
    this.query = new InfluxQuery(workspace.endpoints().influxDb(), DATABASE);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store(NAME);
    String text =
        config(
            workspace.endpoints().influxDb().getPort(),
            workspace.ports().port("influxdb-backup"),
            store);
    Path config = workspace.data().writeConfig("influxdb.conf", text);
    return Launch.of(
        store,
        List.of(
            Programs.require("influxd", "influxdb").toString(),
            "run",
            "-config",
            config.toString()));
  }

  static String config(int port, int backupPort, Path store) {
    return """
        reporting-disabled = true
        bind-address = "127.0.0.1:%2$d"

        [meta]
          dir = "%3$s/meta"
          logging-enabled = false

        [data]
          dir = "%3$s/data"
          wal-dir = "%3$s/wal"
          # The series index on disk: a fleet's series do not have to fit into memory.
          index-version = "tsi1"
          query-log-enabled = false
          # A fleet's points come a few to a series. Written to disk ten times less often than by
          # default, they make larger blocks, and compacting those takes less of the processor.
          cache-snapshot-memory-size = "256m"
          max-series-per-database = 0
          max-values-per-tag = 0

        [coordinator]
          write-timeout = "30s"

        [retention]
          check-interval = "10m"

        [monitor]
          store-enabled = false

        [http]
          bind-address = "127.0.0.1:%1$d"
          log-enabled = false
          flux-enabled = false

        [logging]
          level = "warn"

        [continuous_queries]
          enabled = false
        """
        .formatted(port, backupPort, store);
  }

  @Override
  public boolean isReady() throws IOException, InterruptedException {
    query.run("SHOW DATABASES");
    return true;
  }

  @Override
  public void whenReady() throws IOException, InterruptedException {
    // Does nothing where the database is there already.
    query.run(
        "CREATE DATABASE \"%s\" WITH DURATION INF REPLICATION 1 SHARD DURATION 1d NAME \"%s\""
            .formatted(DATABASE, RETENTION_POLICY));
  }
}
