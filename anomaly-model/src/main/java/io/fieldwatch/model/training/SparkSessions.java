package io.fieldwatch.model.training;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.fieldwatch.senml.PackDecoder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Begins the Spark that a training runs on: within this process, or on a cluster. */
final class SparkSessions {
  private static final String MASTER = "spark.master";
  private static final String JARS = "spark.jars";
  private static final String LOOPBACK = "127.0.0.1";

  private SparkSessions() {}

  /**
   * Begins one, which takes some seconds. What {@code spark-submit} or system properties that begin
   * with {@code spark.} say holds.
   *
   * @param master where to run; null for where {@code spark-submit} says, else within this process
   */
  static SparkSession begin(@Nullable String master) {
    String chosen = master == null ? System.getProperty(MASTER, "local[*]") : master;
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("fieldwatch-train")
            .master(chosen)
            .config("spark.ui.enabled", false)
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.sql.debug.maxToStringFields", 1000);
    boolean isWithin = chosen.startsWith("local");
    if (isWithin || chosen.startsWith("spark://" + LOOPBACK)) {
      // All of Spark is on this machine, whatever name it gives itself.
      builder.config("spark.driver.host", LOOPBACK);
      builder.config("spark.driver.bindAddress", LOOPBACK);
    }
    if (!isWithin && System.getProperty(JARS) == null) {
      builder.config(JARS, String.join(",", ownJars()));
    }
    return builder.getOrCreate();
  }

  /** What tasks need and Spark does not bring. */
  private static List<String> ownJars() {
    List<String> jars = new ArrayList<>();
    Stream.of(Train.class, PackDecoder.class, CBORFactory.class, KafkaConsumer.class)
        .map(SparkSessions::place)
        .filter(place -> place.toString().endsWith(".jar"))
        .forEach(place -> jars.add(place.toUri().toString()));
    return jars;
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot find the jar of " + type, e);
    }
  }
}
