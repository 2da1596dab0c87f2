package io.fieldwatch.stream.fault;

import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.stream.job.Driver;
import io.fieldwatch.stream.job.Milestone;
import io.fieldwatch.stream.job.Milestones;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The job with a fault at a milestone, started by the tests and by {@code ./fieldwatch chaos} in
 * the place of the real one. System properties say which:
 *
 * <ul>
 *   <li>{@code fieldwatch.fault=halt|throw}: ends the process as kill -9 does, with no hook and no
 *       flush; or throws, which for a task means that Spark runs it again
 *   <li>{@code fieldwatch.fault.at=MILESTONE}
 *   <li>{@code fieldwatch.fault.passing=N}: at the N-th time that the milestone is passed
 * </ul>
 */
public final class FaultyJob {
  /** What kill -9 leaves, 128 + 9. */
  private static final int KILLED = 137;

  private FaultyJob() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Driver driver =
        new Driver(StreamConfigFile.read(Path.of(args[1])).config(), Clock.systemUTC(), fault());
    driver.run();
    System.exit(0);
  }

  private static Milestones fault() {
    boolean halts = System.getProperty("fieldwatch.fault").equals("halt");
    Milestone at = Milestone.valueOf(System.getProperty("fieldwatch.fault.at"));
    AtomicInteger left = new AtomicInteger(Integer.getInteger("fieldwatch.fault.passing"));
    return milestone -> {
      if (milestone != at || left.decrementAndGet() != 0) {
        return;
      }
      if (halts) {
        Runtime.getRuntime().halt(KILLED);
      }
      System.out.println("the fault strikes at " + milestone);
      throw new IllegalStateException("Failed on purpose at " + milestone);
    };
  }
}
