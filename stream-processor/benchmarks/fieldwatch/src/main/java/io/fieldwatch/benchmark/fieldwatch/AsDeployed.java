package io.fieldwatch.benchmark.fieldwatch;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.stream.job.Driver;
import java.time.Clock;

/** The unchanged job with its default configuration, writing to InfluxDB. */
public final class AsDeployed {
  /** One for each partition, as they wait for InfluxDB most of the time. */
  private static final int TASKS = 4;

  private AsDeployed() {}

  public static void main(String[] args) throws Exception {
    Settings settings = Settings.of(args);
    new Driver(JobFile.write(settings, TASKS, "").config(), Clock.systemUTC()).run();
    System.exit(0);
  }
}
