package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.recording.NormalDays;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.ModelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FaultSuiteTest {
  @Test
  void largeFaultsAreFoundMoreOftenThanSmallOnes() {
    // Given
    List<Table> normal = new ArrayList<>();
    for (int device = 0; device < 4; device++) {
      Series series = NormalDays.series("d" + device, NormalDays.Kind.NOISE, device, 40_000, 1000);
      normal.add(
          new Table(
              series.device(),
              List.of("noise"),
              series.timesMillis(),
              new double[][] {series.values()}));
    }

    // When
    FaultSuite suite = FaultSuite.of(normal, ModelFile.bundled(), OptionalLong.of(10_000), 7);

    // Then
    assertThat(share(suite, FaultKind.SHIFT, 8))
        .isGreaterThan(0.8)
        .isGreaterThanOrEqualTo(share(suite, FaultKind.SHIFT, 1));
    assertThat(suite.recalls()).allMatch(recall -> recall.share() >= 0 && recall.share() <= 1);
    assertThat(suite.verdict().alarms().events()).isPositive();
    // Every window of a fault counts here, also those in which it has long become usual.
    assertThat(suite.verdict().curve().averagePrecision())
        .isGreaterThan(1.3 * suite.verdict().curve().prevalence());
  }

  @Test
  void seriesThatCannotHoldFaultsAreNoFailure() {
    // Given
    Table one = new Table("one", List.of("v"), new long[1], new double[1][1]);
    Table constant = new Table("c", List.of("v"), new long[500], new double[1][500]);
    Table empty = new Table("e", List.of("v"), new long[0], new double[1][0]);

    // When
    FaultSuite suite =
        FaultSuite.of(List.of(one, constant, empty), ModelFile.bundled(), OptionalLong.empty(), 7);

    // Then
    assertThat(suite.recalls()).allMatch(recall -> recall.found() <= recall.faults());
  }

  private static double share(FaultSuite suite, FaultKind kind, double magnitude) {
    return suite.recalls().stream()
        .filter(recall -> recall.kind() == kind && recall.magnitude() == magnitude)
        .findFirst()
        .orElseThrow()
        .share();
  }
}
