package io.fieldwatch.local.chaos;

import io.fieldwatch.local.chaos.Fault.Kind;
import io.fieldwatch.local.stack.Component;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Every fault there is, in the order in which {@code all} strikes with them. */
public final class Faults {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(4);
  private static final int KILLS = 3;

  private static final List<Fault> ALL =
      List.of(
          new Fault(
              "kill-job",
              "kill -9 of the stream job, three times at random moments.",
              Kind.HARMLESS,
              scene -> kill(scene, scene.stack().streamJob(), KILLS)),
          new Fault(
              "kill-job-in-output",
              "The stream job halts between two requests to InfluxDB, before a commit, and in"
                  + " mid-snapshot.",
              Kind.HARMLESS,
              FaultyJobStrikes::halt),
          new Fault(
              "task-fails",
              "A task of the stream job fails after it has written its results; Spark repeats it.",
              Kind.HARMLESS,
              FaultyJobStrikes::failTask),
          new Fault(
              "kill-connect",
              "kill -9 of the Connect worker.",
              Kind.HARMLESS,
              scene -> kill(scene, scene.stack().connect(), 1)),
          new Fault(
              "kill-agent",
              "kill -9 of an agent with a half of the devices, three times.",
              Kind.HARMLESS,
              scene -> kill(scene, scene.stack().agent(Chaos.AN_AGENT), KILLS)),
          new Fault(
              "kill-broker",
              "kill -9 of Mosquitto.",
              Kind.HARMLESS,
              scene -> kill(scene, scene.stack().mosquitto(), 1)),
          new Fault(
              "stop-and-go",
              "SIGTERM to the stream job, which must drain, write a snapshot and exit with 0.",
              Kind.HARMLESS,
              Faults::stopAndGo),
          new Fault(
              "upgrade",
              "The job is replaced by a next version with other classes, state and windows, and back.",
              Kind.HARMLESS,
              Upgrade::strike),
          new Fault(
              "influxdb-away",
              "InfluxDB is killed and stays away.",
              Kind.HARMLESS,
              scene -> away(scene, scene.stack().influxDb())),
          new Fault(
              "kafka-away",
              "Kafka is killed and stays away.",
              Kind.HARMLESS,
              scene -> away(scene, scene.stack().kafka())),
          new Fault(
              "hdfs-away",
              "NameNode and DataNode are killed and stay away.",
              Kind.HARMLESS,
              scene -> away(scene, scene.stack().nameNode(), scene.stack().dataNode())),
          new Fault(
              "more-partitions",
              "The topic of the readings gets twice as many partitions; connector and job restart.",
              Kind.HARMLESS,
              MorePartitions::strike),
          new Fault(
              "retention-passed",
              "Kafka deletes records that the job, which is away, has not read: a named gap.",
              Kind.LOSES_RECORDS,
              RetentionPassed::strike));

  private static final List<Fault> REPLICATED =
      List.of(
          new Fault(
              "broker-dies",
              "One of three Kafka brokers is killed; results go on without it, and it comes back.",
              Kind.HARMLESS_WHERE_REPLICATED,
              scene -> goOnWithout(scene, scene.stack().kafkaBrokers())),
          new Fault(
              "connect-worker-dies",
              "One of two Connect workers is killed; the other takes over its tasks.",
              Kind.HARMLESS_WHERE_REPLICATED,
              scene -> goOnWithout(scene, scene.stack().connectWorkers())));

  private Faults() {}

  /** Those of a stack that has each server once. */
  public static List<Fault> all() {
    return ALL;
  }

  /** Those of a stack with three Kafka brokers and two Connect workers. */
  public static List<Fault> replicated() {
    return REPLICATED;
  }

  private static void goOnWithout(Scene scene, List<Component> group)
      throws IOException, InterruptedException {
    Component victim = group.get(scene.random().nextInt(group.size()));
    scene.letRun(SHORTEST, LONGEST);
    victim.kill();
    double seconds = scene.awaitFresh();
    scene.say("%s is killed: fresh without it after %.1f s".formatted(victim.name(), seconds));
    scene.figure(victim.name() + "MissedSeconds", seconds);
    victim.start();
    restartJobIfItEnded(scene);
  }

  private static void kill(Scene scene, Component victim, int times)
      throws IOException, InterruptedException {
    for (int i = 1; i <= times; i++) {
      scene.letRun(SHORTEST, LONGEST);
      victim.kill();
      victim.start();
      scene.say(
          "kill %d of %d: %s is back after %.1f s"
              .formatted(i, times, victim.name(), victim.startTime().toMillis() / 1e3));
    }
  }

  private static void stopAndGo(Scene scene) throws IOException, InterruptedException {
    Component job = scene.stack().streamJob();
    scene.letRun(SHORTEST, LONGEST);
    long began = System.nanoTime();
    job.stop();
    scene.figure("stopSeconds", (System.nanoTime() - began) / 1e9);
    int code = job.exitCode().orElse(-1);
    scene.require(code == 0, "after SIGTERM the job ended with exit code " + code + ", not 0");
    scene.say("the job ended with exit code 0");
    job.start();
  }

  private static void away(Scene scene, Component... victims)
      throws IOException, InterruptedException {
    scene.letRun(SHORTEST, LONGEST);
    for (Component victim : victims) {
      victim.kill();
    }
    scene.letOutagePass();
    for (Component victim : victims) {
      victim.start();
    }
    restartJobIfItEnded(scene);
  }

  /** A job may give up while what it needs is away; never with a good exit code. */
  private static void restartJobIfItEnded(Scene scene) throws IOException, InterruptedException {
    Component job = scene.stack().streamJob();
    if (job.pid().isPresent()) {
      return;
    }
    int code = job.exitCode().orElse(0);
    scene.require(code != 0, "the job gave up with exit code 0");
    scene.say("the job had given up with exit code " + code + ", and is started again");
    job.start();
  }
}
