package io.fieldwatch.local.chaos;

import io.fieldwatch.local.process.LogFile;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.ComponentException;
import io.fieldwatch.local.stack.JobProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Faults at places that a kill from outside would meet by luck only. */
final class FaultyJobStrikes {
  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final List<String> MILESTONES =
      List.of("OUTPUT_REQUEST_DELIVERED", "OUTPUTS_DELIVERED", "SNAPSHOT_PARTITION_WRITTEN");
  private static final int MOST_PASSINGS = 8;

  private FaultyJobStrikes() {}

  static void halt(Scene scene) throws IOException, InterruptedException {
    Component job = scene.stack().streamJob();
    for (String milestone : MILESTONES) {
      int passing = 1 + scene.random().nextInt(MOST_PASSINGS);
      job.kill();
      scene.stack().changeJobProgram(faulty(scene).halting(milestone, passing));
      try {
        job.start();
      } catch (ComponentException diedBeforeItServed) {
        scene.require(job.pid().isEmpty(), String.valueOf(diedBeforeItServed.getMessage()));
      }
      int code = scene.awaitEnd(job, BOUND);
      scene.require(
          code == FaultyJob.KILLED, "the job ended with exit code " + code + ", not by its fault");
      scene.say("the job halted at " + milestone + ", passing " + passing);
    }
    scene.stack().changeJobProgram(JobProgram.BUILT);
    job.start();
  }

  static void failTask(Scene scene) throws IOException, InterruptedException {
    Component job = scene.stack().streamJob();
    LogFile log = scene.stack().data().log(job.name());
    job.stop();
    scene
        .stack()
        .changeJobProgram(
            faulty(scene)
                .throwing("PARTITION_DELIVERED", 1 + scene.random().nextInt(MOST_PASSINGS)));
    long before = log.size();
    job.start();
    long giveUp = System.nanoTime() + BOUND.toNanos();
    while (!log.containsAfter(before, "the fault strikes")) {
      scene.require(System.nanoTime() < giveUp, "no task failed within " + BOUND);
      Thread.sleep(100);
    }
    scene.require(job.pid().isPresent(), "the job did not survive a task that failed once");
    scene.say("a task failed and was repeated");
    scene.stack().changeJobProgram(JobProgram.BUILT);
  }

  private static FaultyJob faulty(Scene scene) throws IOException {
    return FaultyJob.in(
        scene.installation(),
        scene.stack().data().path().resolve("conf/faulty-job.jar"),
        JobProgram.BUILT);
  }
}
