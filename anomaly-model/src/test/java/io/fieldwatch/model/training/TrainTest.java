package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    assertThat(errors.toString()).contains("expected a duration such as 10s, 1m, 24h or 7d");
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
    assertThat(errors.toString())
        .isEqualToIgnoringNewLines(
            "Cannot train from " + folder + ": there are no CSV files in it, one a device");
    assertThat(Files.exists(out)).isFalse();
  }

  @Test
  void filesAndKafkaAreNotReadAtOnceAndOneOfThemIs() {
    assertThat(run("--data", "x", "--kafka", "localhost:1", "--out", "y")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("--data=ADDRESS, --kafka=HOST:PORT are mutually exclusive");
    assertThat(run("--out", "y")).isEqualTo(2);
    assertThat(errors.toString()).contains("Missing required argument");
  }

  @Test
  void whatIsCurrentInNoStoreIsAskedForInOneSentence() {
    assertThat(run("--data", "x", "--out", "y", "--running", "current")).isEqualTo(1);
    assertThat(errors.toString())
        .isEqualToIgnoringNewLines(
            "Cannot train: --store and --running current need --models FOLDER, the models' store");
  }

  @Test
  void aFolderThatIsNotThereIsNamed(@TempDir Path folder) {
    assertThat(run("--data", folder.resolve("no").toString(), "--out", "y")).isEqualTo(1);
    assertThat(errors.toString())
        .isEqualToIgnoringNewLines(
            "Cannot train from " + folder.resolve("no") + ": there is no such folder");
  }

  @Test
  void aFileThatIsNoRecordingIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("pump.csv"), "when,flow\n1,2\n");

    assertThat(run("--data", folder.toString(), "--out", "y")).isEqualTo(1);
    assertThat(errors.toString())
        .isEqualToIgnoringNewLines(
            "Cannot read recording of 'pump': its first line has no column 'time'");
  }

  private int run(String... args) {
    CommandLine line = Train.commandLine();
    line.setErr(new PrintWriter(errors, true));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return line.execute(args);
  }
}
