package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultInjector;
import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.recording.NormalDays;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultSuiteTest {
  private static final long SEED = 7;

  @Test
  void largeFaultsAreFoundMoreOftenThanSmallOnes() {
    // Given
    List<Table> normal = new ArrayList<>();
    for (int device = 0; device < 4; device++) {
      Series series = NormalDays.series("d" + device, NormalDays.Kind.NOISE, device, 40_000, 1000);
      normal.add(table(series));
    }

    // When
    FaultSuite suite = FaultSuite.of(normal, ModelFile.bundled(), OptionalLong.of(10_000), SEED);

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
  void aDropOutOfEverythingIsFoundWhenReadingsComeBackAndThatIsItsDelay() {
    // Given: a series whose only drop-out leaves nothing, and a model that flags all there is
    Series series = withOneWholeDropOut();
    Fault dropOut = dropOuts(faulty(series)).get(0);
    long rows = (dropOut.endMillis() - dropOut.startMillis()) / 1000;
    Model everything = new Model("everything", 0, 0, 4, List.of());

    // When
    FaultSuite suite =
        FaultSuite.of(List.of(table(series)), everything, OptionalLong.empty(), SEED);

    // Then
    assertThat(recall(suite, FaultKind.DROP_OUT, 0))
        .isEqualTo(new FaultSuite.Recall(FaultKind.DROP_OUT, 0, 1, 1, (int) rows));
  }

  private static Series withOneWholeDropOut() {
    return IntStream.range(0, 1000)
        .mapToObj(i -> NormalDays.series("d" + i, NormalDays.Kind.NOISE, i, 2000, 1000))
        .filter(series -> isOneAndWhole(faulty(series)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOneAndWhole(FaultySeries faulty) {
    List<Fault> dropOuts = dropOuts(faulty);
    return dropOuts.size() == 1
        && Arrays.stream(faulty.series().timesMillis())
            .noneMatch(
                time ->
                    time >= dropOuts.get(0).startMillis() && time < dropOuts.get(0).endMillis());
  }

  private static List<Fault> dropOuts(FaultySeries faulty) {
    return faulty.faults().stream().filter(f -> f.kind() == FaultKind.DROP_OUT).toList();
  }

  /** As the suite puts in faults of the least size, where it looks at those without. */
  private static FaultySeries faulty(Series series) {
    return new FaultInjector(SEED, 1000, 1, 1).inject(series, series.timesMillis()[500]);
  }

  @Test
  void seriesThatCannotHoldFaultsAreNoFailure() {
    // Given
    Table one = new Table("one", List.of("v"), new long[1], new double[1][1]);
    Table constant = new Table("c", List.of("v"), new long[500], new double[1][500]);
    Table empty = new Table("e", List.of("v"), new long[0], new double[1][0]);

    // When
    FaultSuite suite =
        FaultSuite.of(
            List.of(one, constant, empty), ModelFile.bundled(), OptionalLong.empty(), SEED);

    // Then
    assertThat(suite.recalls()).allMatch(recall -> recall.found() <= recall.faults());
  }

  @Test
  void aFaultIsFoundThatOnlyTheDeviceShows() {
    // Given: three sensors that follow one another, and a model that flags no series
    Model series = new Model("series", 0.5, -8, 4, List.of());
    Model together = series.together(Pairs.ofDevices("devices"));
    Map<OptionalLong, Integer> rows =
        Map.of(OptionalLong.empty(), 5_000, OptionalLong.of(10_000), 30_000);

    rows.forEach(
        (window, count) -> {
          List<Table> normal = List.of(Pairs.table("d", 1, 3, count, 0, 0));

          // When
          FaultSuite alone = FaultSuite.of(normal, series, window, SEED);
          FaultSuite all = FaultSuite.of(normal, together, window, SEED);

          // Then
          assertThat(alone.recalls()).allMatch(recall -> recall.found() == 0);
          assertThat(alone.verdict().alarms().found()).isZero();
          assertThat(recall(all, FaultKind.SHIFT, 3).faults())
              .isEqualTo(recall(alone, FaultKind.SHIFT, 3).faults());
          assertThat(share(all, FaultKind.SHIFT, 3)).isGreaterThan(0.5);
          assertThat(all.verdict().alarms().found()).isPositive();
        });
  }

  private static Table table(Series series) {
    return new Table(
        series.device(),
        List.of(series.sensor()),
        series.timesMillis(),
        new double[][] {series.values()});
  }

  private static double share(FaultSuite suite, FaultKind kind, double magnitude) {
    return recall(suite, kind, magnitude).share();
  }

  private static FaultSuite.Recall recall(FaultSuite suite, FaultKind kind, double magnitude) {
    return suite.recalls().stream()
        .filter(recall -> recall.kind() == kind && recall.magnitude() == magnitude)
        .findFirst()
        .orElseThrow();
  }
}
