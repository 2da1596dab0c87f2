package io.fieldwatch.model.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void eachStepThatIsDoneIsALine() {
    // When
    try (Steps steps = Steps.lines(2, out)) {
      steps.begin("read");
      steps.begin("learn");
      steps.finish();
    }

    // Then
    assertThat(written().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("\\[ 50 %\\]  read +0\\.\\d s"),
            line -> assertThat(line).matches("\\[100 %\\]  learn +0\\.\\d s"));
  }

  @Test
  void aStepThatFailsIsNotSaidToBeDone() {
    // When
    try (Steps steps = Steps.lines(2, out)) {
      steps.begin("read");
    }

    // Then
    assertThat(written()).isEmpty();
  }

  @Test
  void theBarCountsWhatIsDoneOfAStep() {
    // When
    try (Steps steps = Steps.drawn(4, out, () -> 0.4)) {
      steps.begin("read");
      steps.redraw();
      steps.begin("learn");
    }

    // Then
    assertThat(written()).contains("[###                           ]  10 %  read, 0 s");
    assertThat(written()).contains("[#######                       ]  25 %  learn, 0 s");
    assertThat(written()).endsWith("\r\033[K");
  }

  private String written() {
    return bytes.toString(UTF_8);
  }
}
