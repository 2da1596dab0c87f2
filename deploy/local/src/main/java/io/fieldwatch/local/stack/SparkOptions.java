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

  /**
   * For a JVM that has one core or two for its work and its compilers: the thorough one (tier 4)
   * takes a method after ten times as many calls as by default. The code of Spark's batches is
   * called often enough for the defaults and seldom enough not to be worth it; compiling it took a
   * quarter of a core for minutes after a start. For what is called for every reading, ours and
   * Kafka's clients, the defaults hold (a tenth of ten times as many).
   */
  public static final List<String> ON_FEW_CORES =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000",
          // First, so that Java does not print the commands.
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,io.fieldwatch.*::*,0.1",
          "-XX:CompileCommand=CompileThresholdScaling,org.apache.kafka.*::*,0.1");

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
