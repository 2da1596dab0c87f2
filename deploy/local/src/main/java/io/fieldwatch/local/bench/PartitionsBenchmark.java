package io.fieldwatch.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.rest.JsonClient;
import io.fieldwatch.local.stack.AgentConfig;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.JobProgram;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What Spark costs as a topic has more partitions: at the same load, the processor time of the
 * tasks (reading, decoding, windows, writing) and that of everything else in the job's process
 * (planning and starting tasks, their results, garbage, compilers).
 */
final class PartitionsBenchmark implements Benchmark {
  private static final List<Integer> PARTITIONS = List.of(2, 4, 8, 16, 32);
  private static final int UI_PORT = 19_404;
  private static final String SHARE_KEPT = "ratioAt32ToRatioAt2";
  private static final double SHARE_KEPT_FLOOR = 0.5;
  private static final Duration WARM_UP =
      Duration.ofSeconds(Integer.getInteger("fieldwatch.bench.warmUpSeconds", 30));
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("fieldwatch.bench.seconds", 60));

  /** Spark counts the time of tasks for its UI. */
  private static final JobProgram PROGRAM =
      JobProgram.BUILT
          .jvmOption("-Dspark.ui.enabled=true")
          .jvmOption("-Dspark.ui.port=" + UI_PORT)
          .jvmOption("-Dspark.ui.retainedStages=5000");

  /** Spark's own way of writing times. */
  private static final DateTimeFormatter SPARK_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** 20,000 readings/s in packs of 25. */
  private static final AgentConfig LOAD =
      AgentConfig.of(
              "simulate: {site: lab, prefix: load-, devices: 200, sensors: 5, interval: 50ms,"
                  + " pack: 250ms, seed: 42}\n")
          .heap(512);

  /**
   * @param taskSeconds processor time of tasks
   * @param otherSeconds processor time of everything else in the job's process
   */
  private record Costs(double taskSeconds, double otherSeconds, long tasks) {
    double ratio() {
      return taskSeconds / otherSeconds;
    }
  }

  @Override
  public String name() {
    return "partitions";
  }

  @Override
  public String description() {
    return "Time in tasks to Spark's overhead, at 20,000 readings/s, with 2 to 32 partitions.";
  }

  @Override
  public Result run(Installation installation, Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int partitions : PARTITIONS) {
      Costs costs = measure(installation, directory, partitions);
      double seconds = MEASURED.toSeconds();
      figures.put("taskCpu" + partitions, costs.taskSeconds() / seconds);
      figures.put("otherCpu" + partitions, costs.otherSeconds() / seconds);
      figures.put("tasksPerSecond" + partitions, costs.tasks() / seconds);
      figures.put("ratio" + partitions, costs.ratio());
      progress.accept(
          "%2d partitions: %.0f tasks/s, tasks take %.2f cores, everything else %.2f, ratio %.2f"
              .formatted(
                  partitions,
                  costs.tasks() / seconds,
                  costs.taskSeconds() / seconds,
                  costs.otherSeconds() / seconds,
                  costs.ratio()));
    }
    double kept =
        figures.getOrDefault("ratio32", Double.NaN) / figures.getOrDefault("ratio2", Double.NaN);
    figures.put(SHARE_KEPT, kept);
    return new Result(
        name(), kept >= SHARE_KEPT_FLOOR, figures, Map.of(SHARE_KEPT, SHARE_KEPT_FLOOR));
  }

  private static Costs measure(Installation installation, Path directory, int partitions)
      throws IOException, InterruptedException {
    try (Stack stack =
        Stack.in(installation, directory)
            .fresh()
            .readingsPartitions(partitions)
            .jobProgram(PROGRAM)
            .agent("load", LOAD)
            .start()) {
      new Pipeline(stack).awaitWindow();
      Thread.sleep(WARM_UP.toMillis());
      Instant from = Instant.now();
      double processBefore = processSeconds(stack);
      Thread.sleep(MEASURED.toMillis());
      double process = processSeconds(stack) - processBefore;
      return costs(stages(), from, Instant.now(), process);
    }
  }

  private static Costs costs(JsonNode stages, Instant from, Instant to, double processSeconds) {
    double taskSeconds = 0;
    long tasks = 0;
    for (JsonNode stage : stages) {
      String completed = stage.path("completionTime").asText();
      if (completed.isEmpty()) {
        continue;
      }
      Instant at = Instant.from(SPARK_TIME.parse(completed));
      if (at.isAfter(from) && !at.isAfter(to)) {
        taskSeconds += stage.path("executorCpuTime").asDouble() / 1e9;
        tasks += stage.path("numCompleteTasks").asLong();
      }
    }
    return new Costs(taskSeconds, processSeconds - taskSeconds, tasks);
  }

  private static double processSeconds(Stack stack) throws IOException {
    return ProcessHandle.of(stack.streamJob().pid().orElse(-1))
        .flatMap(process -> process.info().totalCpuDuration())
        .map(time -> time.toMillis() / 1e3)
        .orElseThrow(() -> new IOException("Cannot measure: the job has ended"));
  }

  private static JsonNode stages() throws IOException, InterruptedException {
    JsonClient ui = new JsonClient(URI.create("http://127.0.0.1:" + UI_PORT));
    String application = ui.get("/api/v1/applications").path(0).path("id").asText();
    return ui.get("/api/v1/applications/" + application + "/stages?status=complete");
  }
}
