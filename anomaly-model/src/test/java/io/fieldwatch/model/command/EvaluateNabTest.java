package io.fieldwatch.model.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.model.evaluation.nab.NabFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import picocli.CommandLine;

/**
 * What the module's README claims of the benchmark, by the command that users have; skipped where
 * {@link NabFolder} is not there.
 */
class EvaluateNabTest {
  /** So much less than claimed is still no loss. */
  private static final double MARGIN = 0.5;

  @Test
  void theBundledModelReachesWhatIsClaimed() throws IOException {
    // When
    JsonNode line = lastLine(NabFolder.orSkip());

    // Then
    assertThat(line.path("name").textValue()).isEqualTo("evaluate-nab");
    assertThat(line.path("figures").path("windows").asInt()).isEqualTo(116);
    assertClaims(line, 68.2, 56.5, 74.8);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "nab.leave-one-out",
      matches = "true",
      disabledReason = "it takes minutes: run it with -Dnab.leave-one-out=true")
  void modelsLearntFromTheLabelsOfTheOtherFilesReachWhatIsClaimed() throws IOException {
    // When: in ten groups, which is faster than file by file and reaches nearly the same
    JsonNode line = lastLine(NabFolder.orSkip(), "--leave-one-out", "--folds", "10");

    // Then
    assertThat(line.path("name").textValue()).isEqualTo("evaluate-nab-leave-one-out");
    assertClaims(line, 69.2, 61.5, 75.2);
  }

  private static void assertClaims(
      JsonNode line, double standard, double lowFalsePositives, double lowFalseNegatives) {
    assertThat(line.path("ok").asBoolean()).as("%s", line).isTrue();
    assertThat(figure(line, "standard")).isGreaterThan(standard - MARGIN);
    assertThat(figure(line, "lowFP")).isGreaterThan(lowFalsePositives - MARGIN);
    assertThat(figure(line, "lowFN")).isGreaterThan(lowFalseNegatives - MARGIN);
  }

  private static double figure(JsonNode line, String name) {
    return line.path("figures").path(name).asDouble(Double.NaN);
  }

  private static JsonNode lastLine(Path folder, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(folder.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EvaluateNab command = new EvaluateNab(new PrintStream(out, true, UTF_8));
    int exitCode = Sentences.of(new CommandLine(command)).execute(arguments.toArray(new String[0]));
    assertThat(exitCode).as("%s", out).isZero();
    List<String> lines = out.toString(UTF_8).lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
