package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainTest {
  private final StringWriter errors = new StringWriter();

  @Test
  void wrongArgumentsAreNamed() {
    assertThat(run("--data", "x")).isEqualTo(2);
    assertThat(errors.toString()).contains("Missing required option: '--out=FILE'");
    assertThat(run("--data", "x", "--out", "y", "--window", "10 parsecs")).isEqualTo(2);
    assertThat(errors.toString()).contains("expected a duration such as 10s or 1m");
  }

  @Test
  void aBudgetOfNothingIsRefusedInOneSentence() {
    assertThat(run("--data", "x", "--out", "y", "--alarms-per-device-day", "0")).isEqualTo(1);
    assertThat(errors.toString()).contains("Invalid alarm budget 0.0: must be above 0");
  }

  @Test
  void aFolderWithoutRecordingsLeavesNoModelBehind(@TempDir Path folder) {
    // Given
    Path out = folder.resolve("model.json");

    // When
    int exit = run("--data", folder.toString(), "--out", out.toString());

    // Then
    assertThat(exit).isEqualTo(1);
    assertThat(errors.toString()).startsWith("Cannot train: ").hasLineCount(1);
    assertThat(Files.exists(out)).isFalse();
  }

  private int run(String... args) {
    CommandLine line = Train.commandLine();
    line.setErr(new PrintWriter(errors, true));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return line.execute(args);
  }
}
