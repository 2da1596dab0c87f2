package io.fieldwatch.model.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.scorer.Weight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsTest {
  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  ModelsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aModelIsAddedPromotedListedComparedAndRolledBack() throws IOException {
    // Given
    Path one = file("m-1", 0.5);
    Path two = file("m-2", 0.7);

    // When
    assertThat(run("add", one.toString())).isZero();
    assertThat(run("add", two.toString())).isZero();
    assertThat(run("promote", "m-1")).isZero();
    assertThat(run("promote", "m-2")).isZero();
    assertThat(run("list")).isZero();
    assertThat(run("compare", "m-1", "m-2")).isZero();
    assertThat(run("show", "m-2")).isZero();
    assertThat(run("rollback")).isZero();
    assertThat(run("history")).isZero();

    // Then
    assertThat(out.toString(UTF_8))
        .contains("* m-2 ", "  m-1 ", "threshold 0.7000, 1 weights, recall 0.9")
        .containsPattern("threshold +0.5000 +0.7000")
        .contains("level.surprise", "m-1 is current again")
        .containsPattern("\\S+Z m-1 \\(by rollback\\)\\R\\S+Z m-2\\R\\S+Z m-1\\R$");
  }

  @Test
  void whatCannotBeDoneIsOneSentenceAndAnExitCode() throws IOException {
    Path foreign = folder.resolve("foreign.json");
    Files.writeString(foreign, "{}");

    assertThat(run("promote", "m-9")).isEqualTo(1);
    assertThat(run("add", foreign.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("Cannot find model 'm-9' in ", "so this is another kind of file")
        .hasLineCount(2);
    assertThat(run()).isEqualTo(2);
  }

  private int run(String... arguments) {
    CommandLine line = Models.commandLine(new PrintStream(out, true, UTF_8));
    line.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[0] = "--store";
    all[1] = folder.resolve("models").toString();
    return line.execute(all);
  }

  private Path file(String version, double threshold) throws IOException {
    Model model =
        new Model(version, threshold, -1, 4, List.of(new Weight("level.surprise", 0, 1, 1)));
    return Files.write(
        folder.resolve(version + ".json"),
        ModelFile.write(model, Map.of("seed", 7), Map.of("recall", 0.9)));
  }
}
