package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model: from files, from what devices have sent, or from simulated devices. */
@Command(
    name = "train",
    description = {
      "Trains an anomaly model on normal operation: on CSV files, one a device; on what",
      "devices have sent to Kafka; without either, on simulated devices. No labels are needed."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: fieldwatch train --from-stack --since 24h --store --report report/",
      "     or: fieldwatch train --data recordings/ --out model.json",
      "What the options mean in full: docs/reference/training.md"
    })
public final class TrainCommand implements Callable<Integer> {
  @Mixin private StackOption stackOption = new StackOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call
  private CommandSpec spec;

  @ArgGroup private Source source = new Source();

  /** Where recordings come from: one of these, or none. */
  private static final class Source {
    @Option(
        names = "--data",
        paramLabel = "ADDRESS",
        description = "Folder of CSV files: a path, or hdfs://host:port/… and the like.")
    private @Nullable String data;

    @Option(
        names = "--kafka",
        paramLabel = "HOST:PORT",
        description = "What devices have sent: brokers of Kafka, with commas between them.")
    private @Nullable String kafka;

    @Option(names = "--from-stack", description = "What devices have sent to the running stack.")
    private boolean fromStack;
  }

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Kafka's topic (default: fieldwatch.readings).")
  private @Nullable String topic;

  @Option(
      names = "--since",
      paramLabel = "LENGTH",
      description = "Only what came to Kafka in so long, as 24h or 7d (default: all there is).")
  private @Nullable String since;

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
      paramLabel = "FILE",
      description = "The model file to write (default: model.json in the stack's folder).")
  private @Nullable Path out;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.md and report.html there: how good the model is.")
  private @Nullable Path report;

  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      arity = "0..1",
      fallbackValue = "",
      description = {
        "Keep the result as a version in the models' store, by default the",
        "running stack's; does not promote it."
      })
  private @Nullable String store;

  @Option(
      names = "--running",
      paramLabel = "FILE",
      description = {
        "The model in use, or 'current' for the one of the models' store:",
        "what it flags is not learnt as normal."
      })
  private @Nullable String running;

  @Option(
      names = "--window",
      paramLabel = "LENGTH",
      description = "Length of the windows, as the job scores them (default: 10s).")
  private @Nullable String window;

  @Option(
      names = "--alarms-per-device-day",
      paramLabel = "N",
      description = "False alarms that are acceptable (default: 1).")
  private @Nullable Double alarmsPerDeviceDay;

  @Option(
      names = "--model-version",
      paramLabel = "NAME",
      description = "The model's name (default: follows from its content).")
  private @Nullable String modelVersion;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master, as spark://host:port (default: local[*]).")
  private @Nullable String master;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Of all that is random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireSensible();
    Path model = out == null ? stackOption.path().resolve("model.json") : out;
    List<String> arguments = new ArrayList<>(recordings());
    Path parent = model.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    add("--out", model.toAbsolutePath(), arguments);
    add("--seed", seed, arguments);
    add("--topic", topic, arguments);
    add("--since", since, arguments);
    add("--kafka-properties", kafkaProperties, arguments);
    add("--labels", labels, arguments);
    add("--report", report, arguments);
    add("--running", running, arguments);
    add("--window", window, arguments);
    add("--alarms-per-device-day", alarmsPerDeviceDay, arguments);
    add("--model-version", modelVersion, arguments);
    add("--master", master, arguments);
    addStore(arguments);
    return ModelProgram.run(
        stackOption.installation(), "io.fieldwatch.model.training.Train", arguments);
  }

  private void requireSensible() {
    if (source.kafka == null
        && !source.fromStack
        && (topic != null || since != null || kafkaProperties != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--topic, --since and --kafka-properties say what to read from Kafka: add --from-stack or --kafka HOST:PORT");
    }
  }

  private static void add(String name, @Nullable Object value, List<String> arguments) {
    if (value != null) {
      arguments.add(name);
      arguments.add(value.toString());
    }
  }

  private List<String> recordings() throws IOException, InterruptedException {
    if (source.data != null) {
      return List.of("--data", source.data);
    }
    if (source.kafka != null) {
      return List.of("--kafka", source.kafka);
    }
    if (source.fromStack) {
      return List.of("--kafka", stackOption.runningEndpoints().kafkaBootstrap());
    }
    return List.of("--data", simulate().toString());
  }

  /** The running stack's, where no other is named and one is needed. */
  private void addStore(List<String> arguments) throws IOException {
    boolean isNeeded = store != null || "current".equals(running);
    if (isNeeded) {
      add("--models", store == null || store.isEmpty() ? storeOfStack() : store, arguments);
    }
    if (store != null) {
      arguments.add("--store");
    }
  }

  private String storeOfStack() throws IOException {
    Endpoints endpoints = stackOption.runningEndpoints();
    return endpoints.hdfs() + "/fieldwatch/models";
  }

  private Path simulate() throws IOException, InterruptedException {
    Path folder = stackOption.path().resolve("data/training/seed-" + seed).toAbsolutePath();
    Files.createDirectories(folder);
    System.out.println("Simulating devices into " + folder);
    Installation installation = stackOption.installation();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            installation.root().resolve("edge-agent/target/edge-agent.jar").toString(),
            "simulate",
            "--no-faults",
            "--csv",
            folder.toString(),
            "--seed",
            Long.toString(seed));
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(
          "Cannot simulate devices: exit code %d, the reason is above".formatted(exit));
    }
    return folder;
  }
}
