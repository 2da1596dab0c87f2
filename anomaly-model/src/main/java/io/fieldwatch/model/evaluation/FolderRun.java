package io.fieldwatch.model.evaluation;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.recording.CsvTable;
import io.fieldwatch.model.recording.RowProblem;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The CSV files of a folder and those below it, one a device: scored row by row, and judged where
 * they have labels.
 */
public final class FolderRun {
  private static final String ENDING = ".csv";

  private final List<Input> inputs;
  private final Map<Path, String> refusedFiles;
  private final OptionalLong windowMillis;
  private final int trainingRows;

  /** A file that can be used. */
  private record Input(Path file, CsvTable csv) {}

  /**
   * What the run came to.
   *
   * @param devices files that were scored
   * @param rows rows in them
   * @param flagged rows at or above the threshold, behind the training rows
   * @param problems what was wrong with rows and cells, and how often
   * @param refusedFiles files that could not be used at all, and why
   * @param constantSensors sensors that never gave a second value
   * @param verdict where there are labels
   * @param versions the models' names
   */
  public record Result(
      int devices,
      long rows,
      long flagged,
      Map<RowProblem, Integer> problems,
      Map<Path, String> refusedFiles,
      int constantSensors,
      Optional<Verdict> verdict,
      Set<String> versions) {
    public Result {
      problems = Map.copyOf(problems);
      refusedFiles = new TreeMap<>(refusedFiles);
      versions = new TreeSet<>(versions);
    }
  }

  private FolderRun(
      List<Input> inputs,
      Map<Path, String> refusedFiles,
      OptionalLong windowMillis,
      int trainingRows) {
    this.inputs = inputs;
    this.refusedFiles = refusedFiles;
    this.windowMillis = windowMillis;
    this.trainingRows = trainingRows;
  }

  /**
   * Reads the folder's files.
   *
   * @param ignored columns that are no sensors
   * @param windowMillis the length of windows; each row is one without
   * @param trainingRows so many rows at the head of each file are the past of its series and are
   *     judged in no figure
   * @throws IOException if the folder holds no file that can be used
   */
  public static FolderRun read(
      Path folder, Set<String> ignored, OptionalLong windowMillis, int trainingRows)
      throws IOException {
    List<Input> inputs = new ArrayList<>();
    Map<Path, String> refused = new TreeMap<>();
    for (Path file : files(folder)) {
      try {
        inputs.add(new Input(file, CsvTable.read(device(folder, file), file, ignored)));
      } catch (IOException e) {
        refused.put(file, String.valueOf(e.getMessage()));
      }
    }
    if (inputs.isEmpty()) {
      throw new IOException(
          "Cannot evaluate on %s: %s"
              .formatted(
                  folder,
                  refused.isEmpty()
                      ? "there are no CSV files in it"
                      : refused.values().iterator().next()));
    }
    return new FolderRun(inputs, refused, windowMillis, trainingRows);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("Cannot evaluate on %s: it is no folder".formatted(folder));
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ENDING))
          .filter(file -> !file.toString().endsWith(ScoreFile.SUFFIX))
          .sorted()
          .toList();
    }
  }

  private static String device(Path folder, Path file) {
    String name = folder.relativize(file).toString();
    return stem(name);
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - ENDING.length());
  }

  /** The devices that have labels. */
  public List<Labelled> labelled() {
    List<Labelled> labelled = new ArrayList<>();
    for (Input input : inputs) {
      input.csv().labels().ifPresent(labels -> labelled.add(labelled(input.csv(), labels)));
    }
    return labelled;
  }

  private Labelled labelled(CsvTable csv, byte[] labels) {
    int from = 0;
    while (from < csv.table().rows() && csv.fileRow(from) < trainingRows) {
      from++;
    }
    return new Labelled(csv.table(), labels, from);
  }

  /** The devices' rows, in the order in which they are scored. */
  public List<Table> tables() {
    return inputs.stream().map(input -> input.csv().table()).toList();
  }

  /** The devices' names, in the order in which they are scored. */
  public List<String> devices() {
    return inputs.stream().map(input -> input.csv().table().device()).toList();
  }

  /**
   * Scores the files and writes what came of it beside them.
   *
   * @param models for each device its model
   * @param out the folder to write to, with the same folders as the inputs'; beside them if empty
   */
  public Result run(Map<String, Model> models, Optional<Path> out) throws IOException {
    Collected collected = new Collected();
    for (Input input : inputs) {
      Model model = requireNonNull(models.get(input.csv().table().device()), "no model");
      ModelDetector.Scored scored =
          ModelDetector.of(model, windowMillis).scored(input.csv().table());
      ScoreFile.write(target(input, out), input.csv(), scored, model.threshold());
      collected.add(input.csv(), scored.probabilities(), model);
    }
    return collected.result();
  }

  private Path target(Input input, Optional<Path> out) throws IOException {
    if (out.isEmpty()) {
      String name = input.file().getFileName().toString();
      return input.file().resolveSibling(stem(name) + ScoreFile.SUFFIX);
    }
    Path target = out.get().resolve(input.csv().table().device() + ScoreFile.SUFFIX);
    Files.createDirectories(requireNonNull(target.getParent(), "in a folder"));
    return target;
  }

  /** What the files come to, one after the other. */
  private final class Collected {
    private final List<Judged> judged = new ArrayList<>();
    private final Map<RowProblem, Integer> problems = new EnumMap<>(RowProblem.class);
    private final Set<String> versions = new TreeSet<>();
    private long rows;
    private long flagged;
    private int constant;

    void add(CsvTable csv, double[] probabilities, Model model) {
      csv.problems().forEach((problem, count) -> problems.merge(problem, count, Integer::sum));
      versions.add(model.version());
      rows += csv.fileRows();
      constant += constantSensors(csv.table());
      byte[] labels = csv.labels().orElseGet(() -> new byte[csv.table().rows()]);
      Judged device = labelled(csv, labels).judged(probabilities, model.threshold());
      for (int row = device.from(); row < probabilities.length; row++) {
        flagged += probabilities[row] >= model.threshold() ? 1 : 0;
      }
      if (csv.labels().isPresent()) {
        judged.add(device);
      }
    }

    private static int constantSensors(Table table) {
      int constant = 0;
      for (int sensor = 0; sensor < table.sensors().size(); sensor++) {
        boolean varies =
            Arrays.stream(table.values(sensor)).filter(v -> !Double.isNaN(v)).distinct().count()
                > 1;
        constant += varies ? 0 : 1;
      }
      return constant;
    }

    Result result() {
      return new Result(
          inputs.size(),
          rows,
          flagged,
          problems,
          refusedFiles,
          constant,
          judged.isEmpty() ? Optional.empty() : Optional.of(Verdict.of(judged)),
          versions);
    }
  }
}
