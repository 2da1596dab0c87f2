package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.model.recording.RowProblem;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRunTest {
  private static final Model MODEL = ModelFile.bundled();
  private final Path folder;

  FolderRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyRowOfAFileGetsAProbabilityWhateverIsInIt() throws IOException {
    // Given
    StringBuilder hostile = new StringBuilder("time,a,late\n");
    Random random = new Random(1);
    String[] cells = {"1", "1e300", "-1e300", "NaN", "inf", "", "x", "4.9e-324", "0", "1;2"};
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
    FolderRun.Result result = run(OptionalLong.empty());

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
    assertThat(result.refusedFiles().values()).containsExactly("Cannot read 'empty': it is empty");
    assertThat(result.problems().keySet())
        .contains(RowProblem.NO_TIME, RowProblem.WRONG_CELLS, RowProblem.NOT_FINITE);
    assertThat(result.constantSensors()).isEqualTo(3);
    assertThat(result.verdict()).isEmpty();
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
  void aFolderWithoutFilesIsRefusedWithASentence() {
    assertThatThrownBy(() -> run(OptionalLong.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("there are no CSV files in it");
  }

  private FolderRun.Result run(OptionalLong window) throws IOException {
    FolderRun run = FolderRun.read(folder, Set.of(), window, 0);
    Map<String, Model> models = new HashMap<>();
    run.devices().forEach(device -> models.put(device, MODEL));
    return run.run(models, Optional.empty());
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
