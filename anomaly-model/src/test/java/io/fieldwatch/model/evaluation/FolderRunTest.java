package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.model.recording.ColumnWishes;
import io.fieldwatch.model.recording.RowProblem;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderRunTest {
  private static final Model MODEL = ModelFile.bundled();
  private final Path folder;

  FolderRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000, 3_600_000})
  void everyRowOfAFileGetsAProbabilityWhateverIsInIt(long windowMillis) throws IOException {
    // Given: by row, or by windows
    OptionalLong window = windowMillis == 0 ? OptionalLong.empty() : OptionalLong.of(windowMillis);
    StringBuilder hostile = new StringBuilder("time,a,late\n");
    Random random = new Random(1);
    String[] cells = {
      "1", "1e300", "-1e300", "1.7e308", "-1.7e308", "NaN", "inf", "", "x", "4.9e-324", "0", "1;2"
    };
    for (int i = 0; i < 3000; i++) {
      int time = random.nextInt(50) == 0 ? random.nextInt(100_000) : i;
      hostile.append(random.nextInt(40) == 0 ? "noon" : String.valueOf(time)).append(',');
      hostile.append(cells[random.nextInt(cells.length)]).append(',');
      hostile.append(i < 1500 ? "" : cells[random.nextInt(cells.length)]);
      hostile.append(random.nextInt(40) == 0 ? ",1\n" : "\n");
    }
    write("hostile.csv", hostile.toString());
    write("deeper/constant.csv", "time,v\n" + "1,3\n2,3\n3,3\n".repeat(200));
    write("one.csv", "time,v\n1,3\n");
    write("none.csv", "time,v\n");
    write("empty.csv", "");

    // When
    FolderRun.Result result = run(window);

    // Then
    assertThat(lines("hostile.scores.csv")).hasSize(3001);
    assertThat(lines("deeper/constant.scores.csv")).hasSize(601);
    assertThat(lines("one.scores.csv")).hasSize(2);
    assertThat(lines("none.scores.csv")).hasSize(1);
    for (String file : List.of("hostile.scores.csv", "deeper/constant.scores.csv")) {
      for (double probability : probabilities(file)) {
        assertThat(probability).isBetween(0.0, 1.0);
      }
    }
    assertThat(result.devices()).isEqualTo(4);
    assertThat(result.refusedFiles())
        .isEqualTo(Map.of(Path.of("empty.csv"), "Cannot read 'empty': it is empty"));
    assertThat(result.problems().keySet())
        .contains(RowProblem.NO_TIME, RowProblem.WRONG_CELLS, RowProblem.NOT_FINITE);
    assertThat(result.constantSensors()).isEqualTo(3);
    assertThat(result.verdict()).isEmpty();
    assertThat(result.whyNoVerdict()).contains("no file has a column of labels");
  }

  @Test
  void aRowIsScoredWithoutKnowingTheRowsAfterIt() throws IOException {
    // Given
    List<String> rows = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 2000; i++) {
      rows.add(i * (i > 1500 ? 3 : 1) + "," + random.nextGaussian() + "," + random.nextInt(4));
    }
    write("all.csv", "time,a,b\n" + String.join("\n", rows));
    write("head.csv", "time,a,b\n" + String.join("\n", rows.subList(0, 1200)));

    for (OptionalLong window : List.of(OptionalLong.empty(), OptionalLong.of(10_000))) {
      // When
      run(window);

      // Then
      assertThat(probabilities("all.scores.csv").subList(0, 1200))
          .isEqualTo(probabilities("head.scores.csv"));
    }
  }

  @Test
  void aClearFaultIsFlaggedWithReasonsAndJudgedBesideTheLabels() throws IOException {
    // Given
    StringBuilder file = new StringBuilder("time,calm,wild,anomaly\n");
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      boolean fault = i >= 1500 && i < 1520;
      double calm = random.nextGaussian() + (fault ? 15 : 0);
      file.append(i + "," + calm + "," + 50 * random.nextGaussian() + "," + (fault ? 1 : 0) + "\n");
    }
    write("d.csv", file.toString());

    // When
    FolderRun.Result result = run(OptionalLong.empty());

    // Then
    Verdict verdict = result.verdict().orElseThrow();
    assertThat(verdict.alarms().events()).isEqualTo(1);
    assertThat(verdict.alarms().found()).isEqualTo(1);
    assertThat(verdict.alarms().delay(0.5)).isLessThan(3);
    assertThat(verdict.rowIndex().averagePrecision()).isLessThan(0.1);
    assertThat(lines("d.scores.csv").subList(1501, 1505))
        .anySatisfy(line -> assertThat(line).contains(",1,calm "));
  }

  @Test
  void rowsThatStandNewestFirstAreScoredByTimeAndWrittenAsTheyStand() throws IOException {
    // Given
    List<String> rows = new ArrayList<>();
    Random random = new Random(4);
    for (int i = 0; i < 800; i++) {
      boolean fault = i >= 700 && i < 710;
      rows.add(i + "," + (random.nextGaussian() + (fault ? 15 : 0)) + "," + (fault ? 1 : 0));
    }
    write("forward.csv", "time,v,label\n" + String.join("\n", rows));
    Collections.reverse(rows);
    write("back.csv", "time,v,label\n" + String.join("\n", rows));

    // When
    FolderRun run = FolderRun.read(folder, ColumnWishes.NONE, OptionalLong.empty(), 100);
    FolderRun.Result result = run.run(models(run), Optional.empty(), done -> {});

    // Then
    List<Double> backward = new ArrayList<>(probabilities("back.scores.csv"));
    Collections.reverse(backward);
    assertThat(backward).isEqualTo(probabilities("forward.scores.csv"));
    assertThat(lines("back.scores.csv").get(1)).startsWith("0,1970-01-01T00:13:19Z,");
    assertThat(run.notes().values()).containsExactly(List.of("back"));
    assertThat(run.labelled()).extracting(Labelled::from).containsExactly(100, 100);
    assertThat(result.verdict().orElseThrow().alarms().events()).isEqualTo(2);
  }

  @Test
  void withoutLabelsOfBothKindsThereAreNoFigures() throws IOException {
    // Given: the only anomaly lies in the training rows
    write("a.csv", "time,v,is_anomaly\n1,5,1\n2,6,0\n3,7,0\n");

    // When
    FolderRun run = FolderRun.read(folder, ColumnWishes.NONE, OptionalLong.empty(), 1);
    FolderRun.Result result = run.run(models(run), Optional.empty(), done -> {});

    // Then
    assertThat(result.verdict()).isEmpty();
    assertThat(result.whyNoVerdict()).contains("all 2 labels behind the training rows are 0");
  }

  @Test
  void eachFileThatCannotBeUsedIsNamedWithItsOwnReason() throws IOException {
    // Given
    write("good.csv", "time,v\n1,5\n");
    write("empty.csv", "");
    write("deep/noon.csv", "time,v\nnoon,5\n");
    write("good.CSV", "time,v\n1,5\n");
    write("upper.CSV", "time,v\n1,5\n");

    // When
    FolderRun run = FolderRun.read(folder, ColumnWishes.NONE, OptionalLong.empty(), 0);
    List<Integer> progress = new ArrayList<>();
    FolderRun.Result result = run.run(models(run), Optional.empty(), progress::add);

    // Then
    assertThat(run.devices()).containsExactly("good", "upper");
    assertThat(result.refusedFiles())
        .isEqualTo(
            Map.of(
                Path.of("empty.csv"),
                "Cannot read 'empty': it is empty",
                Path.of("deep/noon.csv"),
                "Cannot read 'deep/noon': none of its 1 rows can be used; line 2 has 'noon' in"
                    + " time, which is no time",
                Path.of("good.csv"),
                "another file has this name, but for the case of its ending"));
    assertThat(progress).containsExactly(0, 1, 2);
  }

  @Test
  void aLinkToAFolderIsThatFolder() throws IOException {
    // Given
    write("there/a.csv", "time,v\n1,5\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("there"));

    // When
    FolderRun run = FolderRun.read(link, ColumnWishes.NONE, OptionalLong.empty(), 0);
    run.run(models(run), Optional.empty(), done -> {});

    // Then
    assertThat(run.devices()).containsExactly("a");
    assertThat(lines("there/a.scores.csv")).hasSize(2);
  }

  @Test
  void aColumnThatNoFileHasIsRefused() throws IOException {
    // Given
    write("a.csv", "time,v\n1,5\n");
    ColumnWishes wishes = new ColumnWishes(Optional.empty(), Optional.empty(), Set.of("w"));

    // Then
    assertThatThrownBy(() -> FolderRun.read(folder, wishes, OptionalLong.empty(), 0))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("none of its files has a column 'w'");
  }

  @Test
  void aFolderWithoutFilesIsRefusedWithASentence() {
    assertThatThrownBy(() -> run(OptionalLong.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("there are no CSV files in it");
  }

  private FolderRun.Result run(OptionalLong window) throws IOException {
    FolderRun run = FolderRun.read(folder, ColumnWishes.NONE, window, 0);
    return run.run(models(run), Optional.empty(), done -> {});
  }

  private static Map<String, Model> models(FolderRun run) {
    Map<String, Model> models = new HashMap<>();
    run.devices().forEach(device -> models.put(device, MODEL));
    return models;
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  private List<Double> probabilities(String name) throws IOException {
    return lines(name).stream()
        .skip(1)
        .map(line -> Double.parseDouble(line.split(",", -1)[2]))
        .toList();
  }
}
