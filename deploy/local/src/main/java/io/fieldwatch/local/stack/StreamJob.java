package io.fieldwatch.local.stack;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Spark Streaming job, driver and executor in one process. */
final class StreamJob implements Service {
  static final String NAME = "stream-job";
  private static final String MODULE = "stream-processor";

  private final Workspace workspace;
  private final boolean hasStandby;
  private final InstantSource clock;
  private final InfluxQuery influxDb;
  private volatile JobProgram program;
  private volatile Map<String, String> settings;
  private long launchedAtMillis;

  /**
   * @param settings changes to the job's configuration, by dotted key
   * @param hasStandby whether a {@link StandbyJob} is beside it
   */
  StreamJob(
      Workspace workspace,
      JobProgram program,
      Map<String, String> settings,
      boolean hasStandby,
      InstantSource clock) {
    this.workspace = workspace;
    this.program = program;
    this.settings = Map.copyOf(settings);
    this.hasStandby = hasStandby;
    this.clock = clock;
    this.influxDb = new InfluxQuery(workspace.endpoints().influxDb(), InfluxDb.DATABASE);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** What the next launch starts. */
  void program(JobProgram next) {
    program = next;
  }

  Map<String, String> settings() {
    return settings;
  }

  /** Changes a key of the configuration for the next launch. */
  void setting(String dottedKey, String value) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(dottedKey, value);
    settings = changed;
  }

  /** The command of a program that is configured as the job is and has its class path. */
  Launch companion(String mainClass, int heapMegabytes, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(mainClass, "--config", writeConfig()));
    command.addAll(List.of(arguments));
    return JavaLaunch.withHeap(heapMegabytes)
        .quickStart()
        .classPath(classPath())
        .run(workspace.data().store(NAME), command.toArray(String[]::new));
  }

  @Override
  public Launch launch() throws IOException {
    return launchAs(NAME);
  }

  /** The command of a driver with a folder of its own. */
  Launch launchAs(String name) throws IOException {
    launchedAtMillis = clock.millis();
    List<String> command = new ArrayList<>(List.of(program.mainClass(), "--config", writeConfig()));
    if (hasStandby) {
      command.addAll(
          List.of("--standby", workspace.data().store(NAME).resolve("driver.lock").toString()));
    }
    return JavaLaunch.withHeap(1536)
        .steady()
        .options(SparkOptions.ofBuild())
        .options(List.of(SparkOptions.HOLDING_STATE))
        .options(SparkOptions.ON_FEW_CORES)
        .options(program.jvmOptions())
        // Without it Spark listens on the machine's own address.
        .environment("SPARK_LOCAL_IP", "127.0.0.1")
        .classPath(classPath())
        .run(workspace.data().store(name), command.toArray(String[]::new));
  }

  private String writeConfig() throws IOException {
    String yaml = StreamJobConfig.yaml(workspace.endpoints(), settings);
    return workspace.data().writeConfig("stream.yaml", yaml).toString();
  }

  private String[] classPath() throws IOException {
    List<String> entries = new ArrayList<>();
    // First, so that files are created with one copy.
    entries.add(new Hdfs(workspace).writeClientConfig().toString());
    program.before().forEach(entry -> entries.add(entry.toString()));
    entries.add(workspace.installation().jar(MODULE).toString());
    entries.add(workspace.installation().classPath(MODULE));
    return entries.toArray(String[]::new);
  }

  /** Its first batch since the launch is in InfluxDB; an idle job, too, writes one a second. */
  @Override
  public boolean isReady() throws IOException, InterruptedException {
    return !influxDb
        .run("SELECT last(batch_ms) FROM pipeline WHERE time > " + launchedAtMillis + "ms")
        .isEmpty();
  }

  /** On a machine that does much else its first batch, which reads a snapshot, may take minutes. */
  @Override
  public Duration startBound() {
    return Duration.ofMinutes(4);
  }

  @Override
  public Duration stopBound() {
    // It finishes its batch, writes a snapshot and the ledger, and gives up by itself after a
    // minute.
    return Duration.ofSeconds(90);
  }
}
