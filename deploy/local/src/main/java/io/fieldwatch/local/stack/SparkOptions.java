package io.fieldwatch.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/**
 * The options Spark needs of a JVM, as the build names them (spark.jvm.options in the root POM).
 */
public final class SparkOptions {
  /**
   * What a JVM is started with that holds the state of devices. That of a large fleet is in more
   * pages of 4 KiB than the processor has addresses at hand of; of 2 MiB there are few enough.
   * Linux gives them where {@code /sys/kernel/mm/transparent_hugepage/enabled} says madvise or
   * always; elsewhere Java warns and goes on without.
   */
  public static final String HOLDING_STATE = "-XX:+UseTransparentHugePages";

  private static final String RESOURCE = "spark.properties";

  private SparkOptions() {}

  public static List<String> ofBuild() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = SparkOptions.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("Cannot find the resource " + RESOURCE + ": the build left it out");
      }
      properties.load(in);
    }
    return List.of(properties.getProperty("jvm.options", "").strip().split("\\s+"));
  }
}
