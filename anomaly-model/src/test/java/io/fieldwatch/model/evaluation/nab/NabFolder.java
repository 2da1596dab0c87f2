package io.fieldwatch.model.evaluation.nab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The benchmark's folder, which is no part of this project: {@code FIELDWATCH_NAB} names it. */
public final class NabFolder {
  private static final String SKIPPED =
      "SKIPPED: nothing was tested on the Numenta Anomaly Benchmark, because FIELDWATCH_NAB does"
          + " not name its folder";

  private NabFolder() {}

  /** The folder; skips the test with a line on the standard output where there is none. */
  public static Path orSkip() {
    String folder = System.getenv("FIELDWATCH_NAB");
    if (folder == null) {
      System.out.println(SKIPPED);
    }
    assumeTrue(folder != null, SKIPPED);
    return Path.of(folder);
  }
}
