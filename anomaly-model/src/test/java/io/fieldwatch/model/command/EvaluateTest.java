package io.fieldwatch.model.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateTest {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter errors = new StringWriter();

  EvaluateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aFolderOfFilesIsScoredMeasuredAndReportedWithEveryOption() throws IOException {
    // Given
    Path model = Files.write(folder.resolve("model.json"), ModelFile.bundledBytes());
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("a.csv"), recording(1));
    Files.writeString(data.resolve("b.csv"), recording(2));
    Files.writeString(data.resolve("words.csv"), "time,v\n1,on\n");
    Path scores = folder.resolve("scores");

    // When
    int exit =
        run(
            data.toString(),
            "--model=" + model,
            "--ignore=junk",
            "--time=when",
            "--label=wrong",
            "--training-rows=300",
            "--faults",
            "--out=" + scores);

    // Then
    assertThat(errors.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "2 files, 1800 rows",
            "flagged by model " + ModelFile.bundled().version(),
            "Files 2: a, b",
            "times: when in seconds; label: wrong; sensors: v;",
            "left out: junk (as asked), class (named as labels are)",
            "words.csv was not used: Cannot read 'words': no column holds numbers of a sensor",
            "Events: ",
            "Wrote " + scores.resolve("report.html"));
    JsonNode line = json();
    assertThat(line.get("name").asText()).isEqualTo("evaluate");
    assertThat(line.get("ok").asBoolean()).isTrue();
    JsonNode figures = line.get("figures");
    assertThat(figures.get("devices").asInt()).isEqualTo(2);
    assertThat(figures.get("rows").asInt()).isEqualTo(1800);
    assertThat(figures.get("refusedFiles").asInt()).isEqualTo(1);
    assertThat(figures.get("labelledFiles").asInt()).isEqualTo(2);
    assertThat(figures.get("events").asInt()).isEqualTo(2);
    assertThat(figures.get("eventRecall").asDouble()).isEqualTo(1);
    assertThat(figures.has("averagePrecision")).isTrue();
    assertThat(figures.has("faultsAveragePrecision")).isTrue();
    assertThat(Files.readAllLines(scores.resolve("a.scores.csv"))).hasSize(901);
    assertThat(Files.readString(scores.resolve("report.md")))
        .contains("## What the columns were taken for", "| 2: a, b | when in seconds | wrong | v |")
        .contains("## Injected faults");
    assertThat(names(data)).containsExactly("a.csv", "b.csv", "words.csv");
  }

  @Test
  void withoutOptionsScoresLieBesideTheFilesAndMissingFiguresAreExplained() throws IOException {
    // Given
    Files.writeString(folder.resolve("a.csv"), "v\n1\n2\n3\n");

    // When
    int exit = run(folder.toString());

    // Then
    assertThat(exit).isZero();
    assertThat(out.toString(UTF_8))
        .contains("times: numbers of the rows; label: none; sensors: v; left out: none")
        .contains("no column holds times: rows are numbered, a second each")
        .contains("No figures beside labels: no file has a column of labels");
    assertThat(json().get("figures").has("averagePrecision")).isFalse();
    assertThat(names(folder)).containsExactly("a.csv", "a.scores.csv", "report.html", "report.md");
    assertThat(Files.readString(folder.resolve("report.md")))
        .contains("No figures beside labels: no file has a column of labels.");
  }

  @Test
  void whatCannotBeDoneIsOneSentenceAndAnExitCode() throws IOException {
    // Given
    Files.writeString(folder.resolve("a.csv"), "time,v\n1,2\n");
    Path foreign = Files.writeString(folder.resolve("foreign.json"), "{}");

    // Then
    assertThat(run(folder.resolve("no").toString())).isEqualTo(1);
    assertThat(run(folder.toString(), "--label=wrong")).isEqualTo(1);
    assertThat(run(folder.toString(), "--model=" + foreign)).isEqualTo(1);
    assertThat(run(folder.toString(), "--leave-one-out")).isEqualTo(1);
    assertThat(errors.toString().lines())
        .hasSize(4)
        .anyMatch(line -> line.endsWith("it is no folder"))
        .anyMatch(line -> line.endsWith("none of its files has a column 'wrong'"))
        .anyMatch(line -> line.endsWith("2 with labels are needed, there are 0"));
    assertThat(run()).isEqualTo(2);
    assertThat(run(folder.toString(), "--window=10 parsecs")).isEqualTo(2);
    assertThat(errors.toString()).contains("Name a folder, or nab", "is no length");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  /** One sensor, with a clear fault in ten rows, and columns that are none. */
  private static String recording(int seed) {
    StringBuilder file = new StringBuilder("when,v,junk,class,wrong\n");
    Random random = new Random(seed);
    for (int i = 0; i < 900; i++) {
      boolean fault = i >= 700 && i < 710;
      double value = random.nextGaussian() + (fault ? 15 : 0);
      file.append(i + "," + value + "," + random.nextInt(9) + ",7," + (fault ? 1 : 0) + "\n");
    }
    return file.toString();
  }

  private int run(String... arguments) {
    CommandLine line = Evaluate.commandLine(new PrintStream(out, true, UTF_8));
    line.setErr(new PrintWriter(errors, true));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return line.execute(arguments);
  }

  /** The last line that was printed. */
  private JsonNode json() throws IOException {
    List<String> lines = out.toString(UTF_8).lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
