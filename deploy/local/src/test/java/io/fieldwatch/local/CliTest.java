package io.fieldwatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CliTest {
  private final Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  CliTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_explains_itself_with_an_example(String command) {
    // When
    int exit = run(command, "--help");

    // Then
    assertThat(exit).isZero();
    assertThat(out.toString()).contains("Usage: fieldwatch " + command).contains("Example: ");
  }

  static Stream<String> commands() {
    return Cli.commandLine().getSubcommands().keySet().stream();
  }

  @Test
  void a_command_that_needs_a_running_stack_says_how_to_start_one() {
    // When
    int exit = run("audit", "--dir", folder.toString());

    // Then
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString())
        .contains("Cannot find a running stack in " + folder)
        .contains("./fieldwatch up")
        .hasLineCount(1);
  }

  @Test
  void a_duration_without_unit_is_refused_with_examples() {
    // When
    int exit = run("up", "--for", "60");

    // Then
    assertThat(exit).isNotZero();
    assertThat(err.toString()).contains("'60' is no duration; write 500ms, 60s, 5m or 2h");
  }

  @Test
  void no_command_lists_the_commands() {
    // When
    int exit = run();

    // Then
    assertThat(exit).isNotZero();
    assertThat(err.toString()).contains("up").contains("audit");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Cli.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }
}
