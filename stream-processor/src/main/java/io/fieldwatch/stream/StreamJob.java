package io.fieldwatch.stream;

import io.fieldwatch.stream.config.InvalidConfigException;
import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.stream.job.Driver;
import java.time.Clock;
import java.util.List;

/**
 * Starts the job, {@code --config FILE}; or only looks at the file, {@code --config FILE --check},
 * and prints what takes effect or everything that is wrong with it. The file may be on HDFS.
 */
public final class StreamJob {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private StreamJob() {}

  public static void main(String[] args) {
    List<String> words = List.of(args);
    boolean checkOnly = words.size() == 3 && words.get(2).equals("--check");
    if (!(words.size() == 2 || checkOnly) || !words.get(0).equals("--config")) {
      System.err.println("Usage: --config FILE [--check]   (see docs/reference/stream-config.md)");
      System.exit(USAGE);
    }
    try {
      StreamConfigFile file = StreamConfigFile.readFrom(words.get(1));
      if (checkOnly) {
        System.out.print(file.effective());
      } else {
        new Driver(file.config(), Clock.systemUTC()).run();
      }
    } catch (InvalidConfigException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    } catch (Exception | Error e) {
      e.printStackTrace();
      // Spark's threads would keep a failed job alive.
      System.exit(FAILED);
    }
    System.exit(0);
  }
}
