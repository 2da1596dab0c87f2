package io.fieldwatch.model.command;

import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.training.Train;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what scoring and training cost, on windows that it makes up. */
@Command(
    name = "bench-model",
    mixinStandardHelpOptions = true,
    description = "Windows scored per second, bytes of state per series, and time of a training.")
public final class BenchModel implements Callable<Integer> {
  private static final int SERIES = 1_000;
  private static final int ROUNDS = 5;
  private static final int WINDOWS_A_ROUND = 400;
  private static final double LEAST_WINDOWS_PER_SECOND = 250_000;
  private static final double GREATEST_BYTES = 4096;
  private static final int TRAINING_DEVICES = 20;
  private static final int TRAINING_SENSORS = 5;
  private static final long START = 1_767_225_600_000L;

  @Option(
      names = "--training-windows",
      defaultValue = "10000000",
      description =
          "How many windows are trained on; 0 trains nothing (default: ${DEFAULT-VALUE}).")
  private int trainingWindows;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "target/bench-model",
      description = "Where the recordings are written, some 25 bytes a window; removed again.")
  private Path folder = Path.of("target/bench-model");

  /** Exits with 0 when every bound held, 1 when not or when it failed. */
  public static void main(String[] args) {
    Logging.quiet();
    System.exit(Sentences.of(new CommandLine(new BenchModel())).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Double> figures = new LinkedHashMap<>();
    Model model = ModelFile.bundled();
    List<SeriesState> states = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      states.add(SeriesState.initial());
    }
    SplittableRandom random = new SplittableRandom(1);
    double best = 0;
    double sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = threadNanos();
      sum += score(states, model, round, random);
      double perSecond = (double) SERIES * WINDOWS_A_ROUND / ((threadNanos() - begin) / 1e9);
      System.out.printf("%.0f windows a second of one core%n", perSecond);
      best = Math.max(best, perSecond);
    }
    // Uses the probabilities, so that they have to be computed.
    System.out.printf("Mean probability %.4f%n", sum / ROUNDS / SERIES / WINDOWS_A_ROUND);
    figures.put("windowsPerSecondPerCore", best);
    figures.put("microsPerWindow", 1e6 / best);
    figures.put("stateBytesPerSeries", bytes(states));
    if (trainingWindows > 0) {
      figures.put("trainingWindows", (double) trainingWindows);
      figures.put("trainingSeconds", train());
    }
    FigureLine line =
        new FigureLine(
            "model",
            figures,
            Map.of("windowsPerSecondPerCore", LEAST_WINDOWS_PER_SECOND),
            Map.of("stateBytesPerSeries", GREATEST_BYTES));
    System.out.println(line.json());
    return line.ok() ? 0 : 1;
  }

  private static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double score(
      List<SeriesState> states, Model model, int round, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < WINDOWS_A_ROUND; i++) {
      long start = START + ((long) round * WINDOWS_A_ROUND + i) * 10_000;
      for (int series = 0; series < SERIES; series++) {
        double mean = 20 + Math.sin(start / 1e6 + series) + 0.1 * random.nextDouble();
        double spread = 0.5 + 0.1 * random.nextDouble();
        WindowSummary window =
            new WindowSummary(
                start, 10_000, 10, mean, mean - spread, mean + spread, spread / 2, mean, mean);
        SeriesState.Step step = states.get(series).next(window);
        sum += model.probability(step.features());
        states.set(series, step.state());
      }
    }
    return sum;
  }

  /** As the stream job keeps them in its snapshots. */
  private static double bytes(List<SeriesState> states) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (SeriesState state : states) {
        state.write(out);
      }
    }
    return bytes.size() / (double) states.size();
  }

  /** In a process of its own, as users start it; Spark's start included. */
  private double train() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try {
      writeRecordings();
      System.out.println("Training on " + trainingWindows + " windows");
      long begin = System.nanoTime();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              Train.class.getName(),
              "--data",
              folder.toString(),
              "--out",
              folder.resolve("model.json").toString(),
              "--window",
              "1s",
              "--master",
              "local[2]"));
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IOException("Cannot train: exit code " + exit + ", the reason is above");
      }
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      remove();
    }
  }

  /** One reading a window of one second. */
  private void writeRecordings() throws IOException {
    int rows = trainingWindows / TRAINING_DEVICES / TRAINING_SENSORS;
    for (int device = 0; device < TRAINING_DEVICES; device++) {
      SplittableRandom random = new SplittableRandom(device);
      double[] levels = new double[TRAINING_SENSORS];
      try (BufferedWriter out =
          Files.newBufferedWriter(folder.resolve("device-%02d.csv".formatted(device)))) {
        out.write("time,s0,s1,s2,s3,s4\n");
        StringBuilder line = new StringBuilder();
        for (int row = 0; row < rows; row++) {
          line.setLength(0);
          line.append(START + row * 1000L);
          for (int sensor = 0; sensor < TRAINING_SENSORS; sensor++) {
            levels[sensor] = 0.98 * levels[sensor] + random.nextDouble() - 0.5;
            line.append(',').append(Math.rint(1000 * levels[sensor]) / 1000);
          }
          out.write(line.append('\n').toString());
        }
      }
    }
  }

  private void remove() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.map(Path::toFile).forEach(File::delete);
    }
    Files.delete(folder);
  }
}
