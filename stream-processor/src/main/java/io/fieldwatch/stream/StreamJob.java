package io.fieldwatch.stream;

import io.fieldwatch.stream.config.InvalidConfigException;
import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.stream.job.Driver;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Starts the job, {@code --config FILE}. The file may be on HDFS.
 *
 * <p>With {@code --check} it only looks at the file, and prints what takes effect or everything
 * that is wrong with it. With {@code --standby LOCK}, the same local file for several drivers, one
 * of them works and the others stand by.
 */
public final class StreamJob {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private StreamJob() {}

  public static void main(String[] args) {
    List<String> words = List.of(args);
    boolean checkOnly = words.size() == 3 && words.get(2).equals("--check");
    boolean standsBy = words.size() == 4 && words.get(2).equals("--standby");
    if (!(words.size() == 2 || checkOnly || standsBy) || !words.get(0).equals("--config")) {
      System.err.println(
          "Usage: --config FILE [--check | --standby LOCK]   (see docs/reference/stream-config.md)");
      System.exit(USAGE);
    }
    try {
      StreamConfigFile file = StreamConfigFile.readFrom(words.get(1));
      if (checkOnly) {
        System.out.print(file.effective());
      } else if (standsBy) {
        new Driver(file.config(), Clock.systemUTC()).runOrStandBy(Path.of(words.get(3)));
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
