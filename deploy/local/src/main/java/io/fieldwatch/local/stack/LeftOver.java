package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.ChildProcess;
import java.io.IOException;
import java.time.Duration;

/** Processes of a launcher that was killed. Only those that a pid file of the folder names. */
public final class LeftOver {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private LeftOver() {}

  /**
   * Ends them, those that receive after those that send being of no use without their launcher.
   *
   * @return how many there were
   */
  public static int end(DataDirectory data) throws IOException, InterruptedException {
    int ended = 0;
    for (String name : data.startedNames()) {
      var process = data.pidFile(name).process();
      if (process.isPresent()) {
        ChildProcess.stop(process.get(), BOUND);
        ended++;
      }
      data.pidFile(name).delete();
    }
    return ended;
  }
}
