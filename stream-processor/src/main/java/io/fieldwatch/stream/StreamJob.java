package io.fieldwatch.stream;

import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.stream.job.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Starts the job: {@code --config stream.yaml}. */
public final class StreamJob {
  private static final int USAGE = 2;

  private StreamJob() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2 || !args[0].equals("--config")) {
      System.err.println("Usage: --config FILE   (see docs/reference/contracts.md)");
      System.exit(USAGE);
    }
    try {
      new Driver(StreamConfigFile.read(Path.of(args[1])), Clock.systemUTC()).run();
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      // Spark's threads would keep a failed job alive.
      System.exit(1);
    }
    System.exit(0);
  }
}
