package io.fieldwatch.local.stack;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The Spark Streaming job, driver and executor in one process. */
final class StreamJob implements Service {
  static final String NAME = "stream-job";
  private static final String MODULE = "stream-processor";

  private final Workspace workspace;
  private final Map<String, String> settings;
  private final InstantSource clock;
  private final InfluxQuery influxDb;
  private long launchedAtMillis;

  /**
   * @param settings changes to the job's configuration, by dotted key
   */
  StreamJob(Workspace workspace, Map<String, String> settings, InstantSource clock) {
    this.workspace = workspace;
    this.settings = settings;
    this.clock = clock;
    this.influxDb = new InfluxQuery(workspace.endpoints().influxDb(), InfluxDb.DATABASE);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException {
    Installation installation = workspace.installation();
    Path store = workspace.data().store(NAME);
    Path config =
        workspace
            .data()
            .writeConfig("stream.yaml", StreamJobConfig.yaml(workspace.endpoints(), settings));
    launchedAtMillis = clock.millis();
    return JavaLaunch.withHeap(1536)
        .steady()
        .options(SparkOptions.ofBuild())
        // Without it Spark listens on the machine's own address.
        .environment("SPARK_LOCAL_IP", "127.0.0.1")
        .classPath(
            // First, so that files are created with one copy.
            new Hdfs(workspace).writeClientConfig().toString(),
            installation.jar(MODULE).toString(),
            installation.classPath(MODULE))
        .run(store, "io.fieldwatch.stream.StreamJob", "--config", config.toString());
  }

  /** Its first batch since the launch is in InfluxDB; an idle job, too, writes one a second. */
  @Override
  public boolean isReady() throws IOException, InterruptedException {
    return !influxDb
        .run("SELECT last(batch_ms) FROM pipeline WHERE time > " + launchedAtMillis + "ms")
        .isEmpty();
  }

  @Override
  public Duration stopBound() {
    // It finishes its batch, writes a snapshot and the ledger.
    return Duration.ofSeconds(45);
  }
}
