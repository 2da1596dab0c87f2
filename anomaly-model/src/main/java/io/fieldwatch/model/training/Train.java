package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.ModelStore;
import io.fieldwatch.topic.KafkaTopics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
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
      "Learns from normal operation: from CSV files, one a device, with a column 'time' in",
      "milliseconds since the epoch and a column for each sensor, or from what devices have sent",
      "to Kafka. No labels are needed; a column 'anomaly' with 0 and 1 is learnt from."
    })
public final class Train implements Callable<Integer> {
  private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // set by picocli before call
  private Source source;

  /** Where recordings come from: one of both. */
  private static final class Source {
    @Option(
        names = "--data",
        required = true,
        paramLabel = "ADDRESS",
        description = {
          "Folder of the CSV files, on any file system that Spark reads: a path, hdfs://host:port/…",
          "A file in a folder below is named with it: plant/pump.csv is plant/pump."
        })
    private @Nullable String data;

    @Option(
        names = "--kafka",
        required = true,
        paramLabel = "HOST:PORT",
        description = "Brokers of Kafka, with commas between them.")
    private @Nullable String kafka;
  }

  @Option(
      names = "--topic",
      defaultValue = KafkaTopics.READINGS,
      description = "The topic of Kafka that holds the packs (default: ${DEFAULT-VALUE}).")
  private String topic = KafkaTopics.READINGS;

  @Option(
      names = "--since",
      paramLabel = "LENGTH",
      description = "Only what came to Kafka in so long, as 24h or 7d (default: all there is).")
  private @Nullable Duration since;

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description = "More settings of Kafka's consumers, such as those of TLS and SASL.")
  private @Nullable Path kafkaProperties;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "When something was wrong: lines with device, begin and end.")
  private @Nullable Path labels;

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
      description = {
        "The model in use, or 'current' for the one of the models' store: what it flags in the",
        "recordings is not learnt as normal."
      })
  private @Nullable String running;

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description = "The models' store: hdfs://host:port/fieldwatch/models, or a local folder.")
  private @Nullable String models;

  @Option(
      names = "--store",
      description = "Keep the result as a version in the models' store; does not promote it.")
  private boolean store;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write report.md and report.html there: how good the model is, and what it weighs.")
  private @Nullable Path report;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master (default: what spark-submit says, else local[*]).")
  private @Nullable String master;

  private final Clock clock;

  Train(Clock clock) {
    this.clock = clock;
  }

  /** Exits with 0 when the model is written, 1 when training failed, 2 on wrong arguments. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_CONFIGURATION) == null) {
      System.setProperty(
          LOG_CONFIGURATION, "classpath:io/fieldwatch/model/training/log4j2.properties");
    }
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Train(Clock.systemUTC()))
        .registerConverter(Duration.class, new Durations())
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println(line.getColorScheme().errorText(sentence(failure)));
              if (System.getenv("FIELDWATCH_DEBUG") != null) {
                failure.printStackTrace(line.getErr());
              }
              return line.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  /**
   * The first that says what could not be done, from the outside in; Spark wraps what tasks say.
   */
  private static String sentence(Throwable failure) {
    Throwable root = failure;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (firstLine(each).startsWith("Cannot")) {
        return firstLine(each);
      }
      root = each;
    }
    return "Cannot train: " + firstLine(root);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public Integer call() throws IOException {
    Plan plan = new Plan(seed, window.toMillis(), alarmsPerDeviceDay);
    requireStore();
    Optional<Model> guard = running == null ? Optional.empty() : Optional.of(runningModel());
    Labels said = labels == null ? Labels.NONE : Labels.read(labels);
    Origin origin = origin();
    try (SparkSession spark = SparkSessions.begin(master)) {
      JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
      Recordings recordings = origin.recordings(context).with(said);
      Training.Result result;
      try (Steps steps = steps(context.statusTracker())) {
        result =
            Training.run(
                spark, recordings, plan, Optional.ofNullable(modelVersion), guard, steps::begin);
        steps.finish();
      }
      write(result.file());
      print(result);
      finish(result);
    }
    return 0;
  }

  private void requireStore() {
    if (models == null && (store || RunningModel.CURRENT.equals(running))) {
      throw new IllegalArgumentException(
          "Cannot train: --store and --running current need --models FOLDER, the models' store");
    }
  }

  private Model runningModel() throws IOException {
    return RunningModel.CURRENT.equals(running) && models != null
        ? RunningModel.currentIn(models, clock)
        : RunningModel.of(Path.of(String.valueOf(running)));
  }

  /** What can be read on Spark. */
  private interface Origin {
    Recordings recordings(JavaSparkContext spark) throws IOException;
  }

  /** Asks Kafka before Spark is begun: a wrong address must not take seconds to be told. */
  private Origin origin() throws IOException {
    if (source.data != null) {
      return new CsvFolder(source.data)::recordings;
    }
    Optional<Instant> from =
        Optional.ofNullable(since).map(length -> clock.instant().minus(length));
    ReadingsLog log = new ReadingsLog(String.valueOf(source.kafka), kafkaSettings(), topic, from);
    List<LogRange> ranges = log.lookUp();
    return spark -> log.recordings(spark, ranges);
  }

  private Map<String, String> kafkaSettings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    if (kafkaProperties != null) {
      Properties properties = new Properties();
      try (InputStream in = Files.newInputStream(kafkaProperties)) {
        properties.load(in);
      }
      properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
    }
    return settings;
  }

  private static Steps steps(JavaSparkStatusTracker tracker) {
    return Boolean.getBoolean("fieldwatch.terminal")
        ? Steps.drawn(Training.STEPS, System.err, () -> Steps.shareOfTasks(tracker))
        : Steps.lines(Training.STEPS, System.err);
  }

  private void write(byte[] file) throws IOException {
    ModelFile.read(file);
    Path target = out.toAbsolutePath();
    Path temporary = target.resolveSibling(target.getFileName() + ".part");
    Files.write(temporary, file);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void print(Training.Result result) {
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

  private void finish(Training.Result result) throws IOException {
    if (report != null) {
      TrainingReport.of(result).write(report);
      System.out.println("Wrote " + report.resolve("report.html"));
    }
    if (store && models != null) {
      String version = ModelStore.at(models, clock).add(result.file());
      System.out.printf(
          "Added %s to %s%nMake it current with: ./fieldwatch models --store %s promote %s%n",
          version, models, models, version);
    }
  }
}
