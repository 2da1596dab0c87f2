package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.time.Duration;

/**
 * A second driver of the stream job. It goes on with the work when the first one ends unasked, and
 * that one, started again, stands by for it.
 */
final class StandbyJob implements Service {
  static final String NAME = "stream-standby";

  private final StreamJob job;

  StandbyJob(StreamJob job) {
    this.job = job;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException {
    return job.launchAs(NAME);
  }

  /**
   * One of the two works; this one needs some more time before it can take over without a pause.
   */
  @Override
  public boolean isReady() throws IOException, InterruptedException {
    return job.isReady();
  }

  @Override
  public Duration startBound() {
    return job.startBound();
  }

  @Override
  public Duration stopBound() {
    return job.stopBound();
  }
}
