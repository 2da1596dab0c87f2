package io.fieldwatch.local.chaos;

import io.fieldwatch.local.influx.InfluxQuery;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.JobProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * To the next version of the job and back, under load: each starts from the snapshot of the other.
 * The next version has another window; the common ones must come out as if there had been but one
 * version, and those of the new one must be the sums of the shorter ones they are made of.
 */
final class Upgrade {
  private static final String NEW_WINDOW = "20s/10s";
  private static final String WITH_NEW_WINDOW = "[10s, {length: 20s, slide: 10s}, 1m, 15m]";
  private static final String WITHOUT = Chaos.JUDGEMENT.windows().toString();
  private static final long STEP_MILLIS = 10_000;

  /** Enough for the next version to write a snapshot, and for some of the new windows to close. */
  private static final Duration LIFE = Duration.ofSeconds(40);

  private Upgrade() {}

  static void strike(Scene scene) throws IOException, InterruptedException {
    Component job = scene.stack().streamJob();
    Path classes =
        NextVersion.build(scene.installation(), scene.stack().data().path().resolve("conf"));
    scene.say("the next version is built");
    LogFile log = scene.stack().data().log(job.name());
    long before = log.size();
    job.kill();
    scene.stack().changeJobProgram(JobProgram.BUILT.withClasses(classes));
    scene.changeWindows(WITH_NEW_WINDOW);
    job.start();
    scene.require(
        log.containsAfter(before, NextVersion.GREETING), "it is not the next version that runs");
    scene.say("upgraded in %.1f s".formatted(job.startTime().toMillis() / 1e3));
    scene.letRun(LIFE, LIFE);
    scene.require(job.pid().isPresent(), "the next version has ended");
    long newWindows = checkNewWindows(scene);
    job.kill();
    scene.stack().changeJobProgram(JobProgram.BUILT);
    scene.changeWindows(WITHOUT);
    job.start();
    scene.say("%d new windows are right; and back to this version".formatted(newWindows));
  }

  private static long checkNewWindows(Scene scene) throws IOException, InterruptedException {
    InfluxQuery influx = scene.stack().endpoints().influxQuery();
    Map<List<Object>, Long> short10 = new HashMap<>();
    for (Row row : finalCounts(influx, "10s")) {
      short10.put(key(row, row.count("time")), row.count("count"));
    }
    List<Row> found = finalCounts(influx, NEW_WINDOW);
    scene.require(!found.isEmpty(), "there is no window " + NEW_WINDOW);
    for (Row row : found) {
      long time = row.count("time");
      long sum =
          short10.getOrDefault(key(row, time), 0L)
              + short10.getOrDefault(key(row, time + STEP_MILLIS), 0L);
      scene.require(
          row.count("count") == sum,
          "%s counts %d readings, the windows it is made of %d"
              .formatted(row, row.count("count"), sum));
    }
    return found.size();
  }

  private static List<Row> finalCounts(InfluxQuery influx, String window)
      throws IOException, InterruptedException {
    return influx.run(
        "SELECT count, final FROM \"window\" WHERE \"window\" = '%s' AND final = true GROUP BY site, device, sensor"
            .formatted(window));
  }

  private static List<Object> key(Row row, long time) {
    return List.of(row.tag("device"), row.tag("sensor"), time);
  }
}
