package io.fieldwatch.local.stack;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;

/**
 * The options Spark needs of a JVM, as the build names them (spark.jvm.options in the root POM).
 */
public final class SparkOptions {
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
