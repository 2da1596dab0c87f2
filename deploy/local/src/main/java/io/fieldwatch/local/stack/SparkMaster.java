package io.fieldwatch.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.process.Launch;
import io.fieldwatch.local.rest.JsonClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Spark's Master. It keeps its drivers, applications and Workers on disk, so that a new Master goes
 * on with them.
 */
final class SparkMaster implements Service {
  static final String NAME = "spark-master";

  private final Workspace workspace;
  private final JsonClient http;

  SparkMaster(Workspace workspace) {
    this.workspace = workspace;
    this.http = new JsonClient(workspace.endpoints().sparkMasterHttp());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store(NAME);
    URI master = workspace.endpoints().sparkMaster();
    return new SparkHome(workspace)
        .java(192)
        .options(
            List.of(
                "-Dspark.deploy.recoveryMode=FILESYSTEM",
                "-Dspark.deploy.recoveryDirectory=" + store.resolve("recovery"),
                // Seconds. A Worker whose connection breaks is missed at once; this is for one that
                // falls silent, and for how long a new Master waits for the others.
                "-Dspark.worker.timeout=30"))
        .run(
            store,
            "org.apache.spark.deploy.master.Master",
            "--host",
            master.getHost(),
            "--port",
            Integer.toString(master.getPort()),
            "--webui-port",
            Integer.toString(workspace.endpoints().sparkMasterHttp().getPort()));
  }

  @Override
  public boolean isReady() throws IOException, InterruptedException {
    return state().path("status").asText().equals("ALIVE");
  }

  /** What the Master says of its Workers, applications and drivers. */
  JsonNode state() throws IOException, InterruptedException {
    return http.get("/json/");
  }
}
