package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.SparkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model, from given recordings or from simulated ones. */
@Command(
    name = "train",
    description = {
      "Trains an anomaly model from CSV files of normal operation, one file a device;",
      "without --data from simulated devices."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch train --data recordings/ --out model.json"})
public final class TrainCommand implements Callable<Integer> {
  private static final String MODEL_MODULE = "anomaly-model";

  @Mixin private StackOption stackOption = new StackOption();

  @Option(names = "--data", paramLabel = "FOLDER", description = "The recordings.")
  private @Nullable Path recordings;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model file to write (default: model.json in the stack's folder).")
  private @Nullable Path out;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Of all that is random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = recordings == null ? simulate() : recordings;
    Path model = out == null ? stackOption.path().resolve("model.json") : out;
    System.out.println("Training from " + data);
    train(data, model.toAbsolutePath());
    System.out.println("Wrote " + model);
    return 0;
  }

  private Path simulate() throws IOException, InterruptedException {
    Path folder = stackOption.path().resolve("data/training/seed-" + seed).toAbsolutePath();
    Files.createDirectories(folder);
    System.out.println("Simulating devices into " + folder);
    run(
        "simulate devices",
        List.of(
            java(),
            "-jar",
            installation().root().resolve("edge-agent/target/edge-agent.jar").toString(),
            "simulate",
            "--no-faults",
            "--csv",
            folder.toString(),
            "--seed",
            Long.toString(seed)));
    return folder;
  }

  private void train(Path data, Path model) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(SparkOptions.ofBuild());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-cp",
            installation().jar(MODEL_MODULE) + ":" + installation().classPath(MODEL_MODULE),
            "io.fieldwatch.model.training.Train",
            "--data",
            data.toAbsolutePath().toString(),
            "--out",
            model.toString(),
            "--seed",
            Long.toString(seed)));
    run("train", command);
  }

  private static void run(String what, List<String> command)
      throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("Cannot %s: exit code %d, the reason is above".formatted(what, exit));
    }
  }

  private Installation installation() {
    return stackOption.installation();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
