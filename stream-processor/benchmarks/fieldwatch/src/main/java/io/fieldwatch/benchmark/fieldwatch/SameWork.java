package io.fieldwatch.benchmark.fieldwatch;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.job.Driver;
import java.time.Clock;

/**
 * The job doing the work that is compared: its driver, its ledger and snapshots on HDFS, one stage
 * a batch; windows of one length, without scores and without revisions; results to a topic. A
 * second process with the same settings stands by.
 */
public final class SameWork {
  /** While one waits, the other goes on; more of them only push each other out of the caches. */
  private static final int TASKS = 2;

  private SameWork() {}

  public static void main(String[] args) throws Exception {
    Settings settings = Settings.of(args);
    StreamConfig config =
        JobFile.write(
                settings,
                TASKS,
                """
                windows: [%dms]
                scores: none
                lateness: %dms
                revisionHorizon: 0s
                snapshotEvery: %dms
                # Nobody asks for open windows, for devices and for the pulse.
                openWindowPace: 24h
                devicePace: 24h
                pulse: {slide: 1h, shortWindow: 1h, window: 2h}
                """
                    .formatted(
                        settings.window().toMillis(),
                        settings.lateness().toMillis(),
                        settings.snapshotEvery().toMillis()))
            .config();
    new Driver(config, Clock.systemUTC(), new TopicDestination(settings.output()))
        .runOrStandBy(settings.state().resolve("driver.lock"));
    System.exit(0);
  }
}
