package io.fieldwatch.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of Spark's Workers. It starts drivers and executors as processes of its own; those end with
 * it.
 */
final class SparkWorker implements Service {
  /** Two, so that the death of one leaves another. */
  static final List<String> NAMES =
      IntStream.rangeClosed(1, 2).mapToObj(SparkWorker::name).toList();

  /**
   * What one Worker offers: room for the driver and every executor, should it be left alone. More
   * cores than the machine has, since none of them is always busy.
   */
  private static final int CORES = 3;

  private static final String MEMORY = "4g";

  private final String name;
  private final Workspace workspace;
  private final SparkMaster master;

  SparkWorker(String name, Workspace workspace) {
    this.name = name;
    this.workspace = workspace;
    this.master = new SparkMaster(workspace);
  }

  private static String name(int number) {
    return "spark-worker-" + number;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store(name);
    return new SparkHome(workspace)
        .java(192)
        .options(
            List.of(
                "-Dspark.worker.timeout=30",
                // A driver that is told to stop ends its batch and writes a snapshot.
                "-Dspark.worker.driverTerminateTimeout=90s",
                "-Dspark.worker.cleanup.enabled=true"))
        .run(
            store,
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port()),
            "--webui-port",
            Integer.toString(workspace.ports().port(name + "-http")),
            "--cores",
            Integer.toString(CORES),
            "--memory",
            MEMORY,
            "--work-dir",
            store.resolve("work").toString(),
            workspace.endpoints().sparkMaster().toString());
  }

  /** The Master counts on it. */
  @Override
  public boolean isReady() throws IOException, InterruptedException {
    for (JsonNode worker : master.state().path("workers")) {
      if (worker.path("port").asInt() == port() && worker.path("state").asText().equals("ALIVE")) {
        return true;
      }
    }
    return false;
  }

  private int port() {
    return workspace.ports().port(name);
  }
}
