package io.fieldwatch.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.port.Ports;
import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.rest.JsonClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The Spark cluster of a running stack, and the stream job on it. Safe for several threads; calls
 * block for the servers.
 *
 * <p>A driver that ends with any exit code but 0, or whose Worker dies, is started again by the
 * Master, on any Worker, for as long as it takes; one that was told to stop is not.
 */
public final class SparkCluster {
  private static final String JOB_MODULE = "stream-processor";
  private static final String JOB = "io.fieldwatch.stream.StreamJob";
  private static final String SUBMITTER = "spark-submit";

  private static final Duration SUBMIT_BOUND = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 200;

  private final Workspace workspace;
  private final Map<String, String> settings;
  private final JsonClient master;
  private final JsonClient ui;
  private final SparkHome home;

  /**
   * @param settings changes to the job's configuration, by dotted key
   */
  SparkCluster(Workspace workspace, Map<String, String> settings) {
    this.workspace = workspace;
    this.settings = Map.copyOf(settings);
    this.master = new JsonClient(workspace.endpoints().sparkMasterHttp());
    this.ui = new JsonClient(URI.create("http://127.0.0.1:" + uiPort(workspace)));
    this.home = new SparkHome(workspace);
  }

  /** The cluster of a stack that another launcher runs. */
  public static SparkCluster of(Installation installation, DataDirectory data) throws IOException {
    Ports ports = Ports.keptIn(data.portsFile(), new SecureRandom());
    return new SparkCluster(new Workspace(installation, data, ports), Map.of());
  }

  /**
   * A job's driver, as the Master knows it.
   *
   * @param state SUBMITTED, RUNNING, RELAUNCHING, FINISHED, KILLED, FAILED, ERROR
   * @param worker the id of the Worker it runs on; {@code None} while it has none
   */
  public record SparkDriver(String id, String state, String worker) {}

  /**
   * What an executor of the running job has done.
   *
   * @param address its host and port
   * @param busy the sum of its tasks' times
   */
  public record Executor(String id, String address, long tasks, long failedTasks, Duration busy) {}

  /** The configuration that the job of a local stack has, for this cluster. */
  public String defaultConfig() {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("spark.master", workspace.endpoints().sparkMaster().toString());
    return StreamJobConfig.yaml(workspace.endpoints(), all);
  }

  /** As {@link #submit(String)}, with the {@link #defaultConfig()}. */
  public String submit() throws IOException, InterruptedException {
    return submit(defaultConfig());
  }

  /**
   * Copies the job's jars and configuration to HDFS and submits it: a driver on some Worker,
   * started again when it dies.
   *
   * @param config the content of the configuration file
   * @return the driver's id
   * @throws IOException if a driver runs already, or Master or HDFS refuse
   */
  public String submit(String config) throws IOException, InterruptedException {
    Optional<SparkDriver> running = driver();
    if (running.isPresent()) {
      throw new IOException(
          "Cannot submit the job: %s is %s, and only one may run. Stop it with ./fieldwatch cluster stop"
              .formatted(running.get().id(), running.get().state()));
    }
    List<Path> jars = home.jobJars(JOB_MODULE);
    String folder = "/fieldwatch/jobs/" + fingerprint(jars);
    HdfsFiles hdfs = new HdfsFiles(workspace.endpoints());
    List<String> addresses = new ArrayList<>();
    for (Path jar : jars) {
      addresses.add(hdfs.put(jar, folder + "/" + jar.getFileName()).toString());
    }
    URI configAddress = hdfs.put(config, folder + "/stream.yaml");
    return submit(addresses, configAddress);
  }

  private String submit(List<String> jars, URI config) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "--master",
            workspace.endpoints().sparkMaster().toString(),
            "--deploy-mode",
            "cluster",
            "--supervise",
            "--class",
            JOB,
            "--jars",
            String.join(",", jars.subList(1, jars.size())),
            "--driver-memory",
            "768m",
            "--executor-memory",
            "768m",
            "--executor-cores",
            "1",
            "--total-executor-cores",
            "2",
            "--conf",
            "spark.driver.extraJavaOptions=" + driverOptions(),
            "--conf",
            "spark.executor.extraJavaOptions=" + SparkHome.EXECUTOR,
            // So that anybody can see what the executors do.
            "--conf",
            "spark.ui.enabled=true",
            "--conf",
            "spark.ui.port=" + uiPort(workspace),
            "--conf",
            "spark.ui.retainedJobs=50",
            "--conf",
            "spark.ui.retainedStages=50",
            jars.get(0),
            "--config",
            config.toString());
    LogFile log = workspace.data().log(SUBMITTER);
    long before = log.size();
    ChildProcess.run(
        home.submit(arguments), workspace.data().pidFile(SUBMITTER), log, SUBMIT_BOUND);
    return log.firstAfter(before, "driver-\\d{14}-\\d+")
        .orElseThrow(
            () -> new IOException("Cannot submit the job: no driver's id in " + log.path()));
  }

  /** Without the options a driver that spark-submit's script did not start ends at once. */
  private static String driverOptions() throws IOException {
    return String.join(" ", SparkOptions.ofBuild()) + " " + SparkHome.QUICK_START;
  }

  /** The driver that runs or is to run. */
  public Optional<SparkDriver> driver() throws IOException, InterruptedException {
    List<SparkDriver> drivers = drivers("activedrivers");
    return drivers.isEmpty() ? Optional.empty() : Optional.of(drivers.get(0));
  }

  private List<SparkDriver> drivers(String list) throws IOException, InterruptedException {
    List<SparkDriver> drivers = new ArrayList<>();
    for (JsonNode driver : master.get("/json/").path(list)) {
      drivers.add(
          new SparkDriver(
              driver.path("id").asText(),
              driver.path("state").asText(),
              driver.path("worker").asText()));
    }
    return drivers;
  }

  /**
   * Has the Master stop the driver: it ends its batch, writes everything out and a snapshot. Waits
   * until it is gone.
   *
   * @return the driver that was stopped, or empty if there was none
   * @throws IOException if it is still there after the bound
   */
  public Optional<SparkDriver> stop(Duration bound) throws IOException, InterruptedException {
    Optional<SparkDriver> running = driver();
    if (running.isEmpty()) {
      return running;
    }
    master.post("/driver/kill/", "id=" + running.get().id() + "&terminate=true");
    long giveUp = System.nanoTime() + bound.toNanos();
    while (driver().isPresent()) {
      if (System.nanoTime() > giveUp) {
        throw new IOException(
            "Cannot stop %s: it is still there after %d s"
                .formatted(running.get().id(), bound.toSeconds()));
      }
      Thread.sleep(POLL_MILLIS);
    }
    return running;
  }

  /**
   * The executors that the running driver has had, living or not.
   *
   * @throws IOException while no driver runs
   */
  public List<Executor> executors() throws IOException, InterruptedException {
    List<Executor> executors = new ArrayList<>();
    for (JsonNode app : ui.get("/api/v1/applications")) {
      String path = "/api/v1/applications/%s/allexecutors".formatted(app.path("id").asText());
      for (JsonNode executor : ui.get(path)) {
        if (!executor.path("id").asText().equals("driver")) {
          executors.add(
              new Executor(
                  executor.path("id").asText(),
                  executor.path("hostPort").asText(),
                  executor.path("totalTasks").asLong(),
                  executor.path("failedTasks").asLong(),
                  Duration.ofMillis(executor.path("totalDuration").asLong())));
        }
      }
    }
    return executors;
  }

  /** Where a driver's output is, while its Worker keeps it. */
  public Path logFolder(SparkDriver driver) throws IOException {
    for (String worker : SparkWorker.NAMES) {
      if (driver.worker().endsWith("-" + workspace.ports().port(worker))) {
        return workspace.data().store(worker).resolve("work").resolve(driver.id());
      }
    }
    throw new IOException("Cannot find the log of %s: no Worker has it".formatted(driver.id()));
  }

  private static int uiPort(Workspace workspace) {
    return workspace.ports().port("spark-ui");
  }

  /** The same jars are in the same folder, other ones in another: who runs keeps its own. */
  private static String fingerprint(List<Path> jars) throws IOException {
    CRC32C sum = new CRC32C();
    for (Path jar : jars) {
      sum.update(Files.readAllBytes(jar));
    }
    return HexFormat.of().toHexDigits(sum.getValue(), 8);
  }
}
