package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that trains a model. Writes the model file only when it is complete: a crash leaves
 * none, or the one that was there before.
 */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Learns from CSV files of normal operation, one a device, with a column 'time' in",
      "milliseconds since the epoch and a column for each sensor. No labels are needed;",
      "a column 'anomaly' with 0 and 1 is learnt from."
    })
public final class Train implements Callable<Integer> {
  private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the CSV files, on any file system Spark reads.")
  private String data = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The model file to write.")
  private Path out = Path.of("model.json");

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Of all that is random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--window",
      defaultValue = "10s",
      description = "Length of the windows, as 500ms, 10s, 1m, 1h (default: ${DEFAULT-VALUE}).")
  private Duration window = Duration.ofSeconds(10);

  @Option(
      names = "--alarms-per-device-day",
      defaultValue = "1",
      paramLabel = "N",
      description = "False alarms that are acceptable (default: ${DEFAULT-VALUE}).")
  private double alarmsPerDeviceDay;

  @Option(
      names = "--model-version",
      paramLabel = "NAME",
      description = "The model's name (default: follows from its content).")
  private @Nullable String modelVersion;

  @Option(
      names = "--running",
      paramLabel = "FILE",
      description = "The model in use: what it flags in the recordings is not learnt as normal.")
  private @Nullable Path running;

  @Option(
      names = "--master",
      defaultValue = "local[*]",
      description = "Spark's master (default: ${DEFAULT-VALUE}).")
  private String master = "local[*]";

  /** Exits with 0 when the model is written, 1 when training failed, 2 on wrong arguments. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(
          LOG_CONFIGURATION, "classpath:io/fieldwatch/model/training/log4j2.properties");
    }
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Train())
        .registerConverter(Duration.class, Train::duration)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println(line.getColorScheme().errorText(sentence(failure)));
              return line.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  private static String sentence(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return message.startsWith("Cannot") ? message : "Cannot train: " + message;
  }

  private static Duration duration(String text) {
    String unit = text.replaceFirst("^[0-9]+", "");
    long number = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> throw new IllegalArgumentException("expected a duration such as 10s or 1m");
    };
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = new Plan(seed, window.toMillis(), alarmsPerDeviceDay);
    try (SparkSession spark = session()) {
      Optional<Model> guard =
          running == null
              ? Optional.empty()
              : Optional.of(ModelFile.read(Files.readAllBytes(running)));
      Training.Result result =
          Training.run(spark, data, plan, Optional.ofNullable(modelVersion), guard);
      write(result.file());
      report(result);
    }
    return 0;
  }

  private SparkSession session() {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("fieldwatch-train")
            .master(master)
            .config("spark.ui.enabled", false)
            .config("spark.sql.debug.maxToStringFields", 1000);
    if (master.startsWith("local")) {
      builder.config("spark.driver.host", "127.0.0.1");
      builder.config("spark.driver.bindAddress", "127.0.0.1");
    }
    return builder.getOrCreate();
  }

  private void write(byte[] file) throws IOException {
    ModelFile.read(file);
    Path target = out.toAbsolutePath();
    Path temporary = target.resolveSibling(target.getFileName() + ".part");
    Files.write(temporary, file);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void report(Training.Result result) {
    System.out.printf(
        Locale.ROOT,
        "Wrote %s: model %s, threshold %.4f%n",
        out,
        result.model().version(),
        result.model().threshold());
    for (Map.Entry<String, Object> metric : result.metrics().entrySet()) {
      System.out.println("  " + metric.getKey() + " = " + metric.getValue());
    }
  }
}
