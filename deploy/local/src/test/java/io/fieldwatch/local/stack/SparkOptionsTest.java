package io.fieldwatch.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparkOptionsTest {
  private static final String QUIET = "-XX:CompileCommand=quiet";

  @Test
  void java_takes_the_options_for_few_cores_and_says_nothing_of_them() throws Exception {
    // When // Then
    assertThat(printedByJava(SparkOptions.ON_FEW_CORES)).isEmpty();
  }

  /** Java goes on without a command that it cannot read, and names those that it took. */
  @Test
  void java_understands_which_code_is_compiled_sooner() throws Exception {
    // Given
    List<String> options = new ArrayList<>(SparkOptions.ON_FEW_CORES);
    options.remove(QUIET);

    // When // Then
    assertThat(printedByJava(options).lines())
        .containsExactly(
            "CompileCommand: CompileThresholdScaling io/fieldwatch/*.* double"
                + " CompileThresholdScaling = 0.100000",
            "CompileCommand: CompileThresholdScaling org/apache/kafka/*.* double"
                + " CompileThresholdScaling = 0.100000");
  }

  /** Its version goes to standard error. */
  private static String printedByJava(List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-version");
    Process java =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertThat(java.waitFor()).isZero();
    return printed;
  }
}
