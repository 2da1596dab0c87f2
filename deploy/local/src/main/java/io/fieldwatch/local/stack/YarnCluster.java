package io.fieldwatch.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.rest.JsonClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The YARN of a running stack, and the stream job on it: its driver is YARN's application master,
 * which the ResourceManager starts again when it dies, up to {@code
 * yarn.resourcemanager.am.max-attempts} times.
 */
public final class YarnCluster {
  private static final String JOB_MODULE = "stream-processor";
  private static final String JOB = "io.fieldwatch.stream.StreamJob";
  private static final String SUBMITTER = "spark-submit";
  private static final Duration SUBMIT_BOUND = Duration.ofMinutes(3);

  private final Workspace workspace;
  private final Map<String, String> settings;
  private final JsonClient resourceManager;
  private final SparkHome home;

  /**
   * @param settings changes to the job's configuration, by dotted key
   */
  YarnCluster(Workspace workspace, Map<String, String> settings) {
    this.workspace = workspace;
    this.settings = Map.copyOf(settings);
    this.resourceManager = new JsonClient(YarnNode.resourceManagerHttp(workspace));
    this.home = new SparkHome(workspace);
  }

  /**
   * Submits the job with the configuration that the job of a local stack has. Jars and
   * configuration go to HDFS with it.
   *
   * @return the application's id
   */
  public String submit() throws IOException, InterruptedException {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("spark.master", "yarn");
    Path config =
        workspace
            .data()
            .writeConfig("yarn-stream.yaml", StreamJobConfig.yaml(workspace.endpoints(), all));
    List<Path> jars = home.jobJars(JOB_MODULE);
    LogFile log = workspace.data().log(SUBMITTER);
    long before = log.size();
    ChildProcess.run(
        home.submit(YarnNode.writeConfig(workspace), arguments(jars, config)),
        workspace.data().pidFile(SUBMITTER),
        log,
        SUBMIT_BOUND);
    return log.firstAfter(before, "application_\\d+_\\d+")
        .orElseThrow(
            () -> new IOException("Cannot submit the job: no application's id in " + log.path()));
  }

  private List<String> arguments(List<Path> jars, Path config) {
    return List.of(
        "--master",
        "yarn",
        "--deploy-mode",
        "cluster",
        "--class",
        JOB,
        "--jars",
        jars.stream().skip(1).map(Path::toString).collect(Collectors.joining(",")),
        // The driver finds it in its working folder, on whatever node that is.
        "--files",
        config.toString(),
        "--driver-memory",
        "768m",
        "--executor-memory",
        "768m",
        "--executor-cores",
        "1",
        "--num-executors",
        "2",
        "--conf",
        "spark.yarn.jars=local:" + home.jars() + "/*",
        "--conf",
        "spark.yarn.submit.waitAppCompletion=false",
        "--conf",
        "spark.driver.extraJavaOptions=" + SparkHome.QUICK_START,
        "--conf",
        "spark.executor.extraJavaOptions=" + SparkHome.EXECUTOR,
        "--conf",
        "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
        "--conf",
        "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
        jars.get(0).toString(),
        "--config",
        config.getFileName().toString());
  }

  /** How often the application's driver has been started. */
  public int attempts(String application) throws IOException, InterruptedException {
    JsonNode attempts =
        resourceManager
            .get("/ws/v1/cluster/apps/" + application + "/appattempts")
            .path("appAttempts")
            .path("appAttempt");
    return attempts.size();
  }
}
