package io.fieldwatch.model.evaluation;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.model.recording.ColumnWishes;
import io.fieldwatch.model.recording.CsvTable;
import io.fieldwatch.model.recording.Layout;
import io.fieldwatch.model.recording.RowProblem;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
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
  private record Input(Path file, CsvTable csv) {
    String name() {
      return csv.table().device();
    }
  }

  /**
   * What the run came to.
   *
   * @param devices files that were scored
   * @param rows rows in them
   * @param flagged rows at or above the threshold, behind the training rows
   * @param problems what was wrong with rows and cells, and how often
   * @param refusedFiles files that could not be used at all, by their path in the folder, and why
   * @param constantSensors sensors that never gave a second value
   * @param verdict where there are labels of both kinds
   * @param whyNoVerdict where there are not, as the end of a sentence
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
      Optional<String> whyNoVerdict,
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
   * @param wishes what a user says of columns
   * @param windowMillis the length of windows; each row is one without
   * @param trainingRows so many rows at the head of each file are the past of its series and are
   *     judged in no figure
   * @throws IOException if the folder holds no file that can be used, or none with a column that
   *     the wishes name
   */
  public static FolderRun read(
      Path folder, ColumnWishes wishes, OptionalLong windowMillis, int trainingRows)
      throws IOException {
    List<Input> inputs = new ArrayList<>();
    Map<Path, String> refused = new TreeMap<>();
    Set<String> devices = new HashSet<>();
    for (Path name : files(folder)) {
      Path file = folder.resolve(name);
      try {
        if (!devices.add(stem(name.toString()))) {
          throw new IOException("another file has this name, but for the case of its ending");
        }
        inputs.add(new Input(file, CsvTable.read(stem(name.toString()), file, wishes)));
      } catch (IOException e) {
        refused.put(name, String.valueOf(e.getMessage()));
      }
    }
    if (inputs.isEmpty()) {
      throw new IOException(
          "Cannot evaluate on %s: %s"
              .formatted(
                  folder,
                  refused.isEmpty()
                      ? "there are no CSV files in it"
                      : "none of its %d CSV files can be used. %s"
                          .formatted(refused.size(), refused.values().iterator().next())));
    }
    requireColumns(folder, inputs, wishes);
    return new FolderRun(inputs, refused, windowMillis, trainingRows);
  }

  /** A name with a slip in it would change what is a sensor, and nobody would know. */
  private static void requireColumns(Path folder, List<Input> inputs, ColumnWishes wishes)
      throws IOException {
    for (String name : wishes.names()) {
      if (inputs.stream().noneMatch(input -> input.csv().hasColumn(name))) {
        throw new IOException(
            "Cannot evaluate on %s: none of its files has a column '%s'".formatted(folder, name));
      }
    }
  }

  /** By their paths in the folder. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("Cannot evaluate on %s: it is no folder".formatted(folder));
    }
    // A walk that begins at a link to a folder does not go in.
    Path root = folder.toRealPath();
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(root::relativize)
          .filter(FolderRun::isInput)
          .sorted()
          .toList();
    }
  }

  private static boolean isInput(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(ENDING) && !name.endsWith(ScoreFile.SUFFIX);
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
    return new Labelled(csv.table(), labels, csv.rowsAmong(trainingRows));
  }

  /** The devices' rows, in the order in which they are scored. */
  public List<Table> tables() {
    return inputs.stream().map(input -> input.csv().table()).toList();
  }

  /** The devices' names, in the order in which they are scored. */
  public List<String> devices() {
    return inputs.stream().map(Input::name).toList();
  }

  /** What the columns of the files were taken for, with the names of the devices. */
  public Map<Layout, List<String>> layouts() {
    Map<Layout, List<String>> layouts = new LinkedHashMap<>();
    for (Input input : inputs) {
      layouts.computeIfAbsent(input.csv().layout(), layout -> new ArrayList<>()).add(input.name());
    }
    return layouts;
  }

  /** What people should know of how files were read, with the names of the devices. */
  public Map<String, List<String>> notes() {
    Map<String, List<String>> notes = new LinkedHashMap<>();
    for (Input input : inputs) {
      for (String note : input.csv().notes()) {
        notes.computeIfAbsent(note, any -> new ArrayList<>()).add(input.name());
      }
    }
    return notes;
  }

  /**
   * Scores the files and writes what came of it beside them.
   *
   * @param models for each device its model
   * @param out the folder to write to, with the same folders as the inputs'; beside them if empty
   * @param done told how many files are done, from 0 on
   */
  public Result run(Map<String, Model> models, Optional<Path> out, IntConsumer done)
      throws IOException {
    Collected collected = new Collected();
    int count = 0;
    done.accept(count);
    for (Input input : inputs) {
      Model model = requireNonNull(models.get(input.name()), "no model");
      ModelDetector.Scored scored =
          ModelDetector.of(model, windowMillis).scored(input.csv().table());
      ScoreFile.write(target(input, out), input.csv(), scored, model.threshold());
      collected.add(input.csv(), scored.probabilities(), model);
      done.accept(++count);
    }
    return collected.result();
  }

  private Path target(Input input, Optional<Path> out) throws IOException {
    if (out.isEmpty()) {
      String name = input.file().getFileName().toString();
      return input.file().resolveSibling(stem(name) + ScoreFile.SUFFIX);
    }
    Path target = out.get().resolve(input.name() + ScoreFile.SUFFIX);
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
        constant += isConstant(table.values(sensor)) ? 1 : 0;
      }
      return constant;
    }

    private static boolean isConstant(double[] values) {
      double first = Double.NaN;
      for (double value : values) {
        if (!Double.isNaN(first) && !Double.isNaN(value) && value != first) {
          return false;
        }
        first = Double.isNaN(first) ? value : first;
      }
      return true;
    }

    Result result() {
      Optional<String> whyNone = Verdict.whyNone(judged);
      return new Result(
          inputs.size(),
          rows,
          flagged,
          problems,
          refusedFiles,
          constant,
          whyNone.isPresent() ? Optional.empty() : Optional.of(Verdict.of(judged)),
          whyNone,
          versions);
    }
  }
}
