package io.fieldwatch.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.recording.NormalDays;
import io.fieldwatch.model.recording.Series;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {
  private static final FaultInjector INJECTOR = new FaultInjector(42, 10_000, 1, 12);
  private static final Series NORMAL =
      NormalDays.series("d", NormalDays.Kind.NOISE, 3, 200_000, 1000);
  private static final long FROM = NormalDays.START + 1_000_000;

  @Test
  void everyKindComesInAndTheyKeepApart() {
    // When
    FaultySeries faulty = INJECTOR.inject(NORMAL, FROM);

    // Then
    assertThat(faulty.faults().stream().map(Fault::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(FaultKind.values());
    long free = FROM;
    for (Fault fault : faulty.faults()) {
      assertThat(fault.startMillis()).isGreaterThanOrEqualTo(free);
      free = fault.endMillis() + 60 * 10_000L;
      if (fault.kind().hasMagnitude()) {
        assertThat(fault.magnitude()).isBetween(1.0, 12.0);
      }
    }
  }

  @Test
  void outsideOfFaultsTheCopyIsTheOriginalAndInsideItIsNot() {
    // When
    FaultySeries faulty = INJECTOR.inject(NORMAL, FROM);

    // Then
    Map<Long, Double> copy = new HashMap<>();
    for (int i = 0; i < faulty.series().values().length; i++) {
      copy.put(faulty.series().timesMillis()[i], faulty.series().values()[i]);
    }
    Map<Fault, Integer> changes = new HashMap<>();
    for (int i = 0; i < NORMAL.values().length; i++) {
      long time = NORMAL.timesMillis()[i];
      Double value = copy.get(time);
      if (value == null || value != NORMAL.values()[i]) {
        Fault fault =
            faulty.faults().stream()
                .filter(f -> time >= f.startMillis() && time < f.endMillis())
                .findFirst()
                .orElseThrow(() -> new AssertionError("changed outside of faults at " + time));
        changes.merge(fault, 1, Integer::sum);
      }
    }
    assertThat(changes.keySet()).containsAll(faulty.faults());
  }

  @Test
  void aShiftHasItsMagnitudeInRobustDeviations() {
    // Given
    FaultySeries faulty = INJECTOR.inject(NORMAL, FROM);
    Fault shift =
        faulty.faults().stream().filter(f -> f.kind() == FaultKind.SPIKE).findFirst().orElseThrow();

    // Then: the series' noise has the deviation 1
    int at = (int) ((shift.startMillis() - NormalDays.START) / 1000);
    long time = shift.startMillis();
    double moved = 0;
    for (int i = 0; i < faulty.series().values().length; i++) {
      if (faulty.series().timesMillis()[i] == time) {
        moved = Math.abs(faulty.series().values()[i] - NORMAL.values()[at]);
      }
    }
    assertThat(moved).isCloseTo(shift.magnitude(), within(0.02 * shift.magnitude()));
  }

  @Test
  void oneSeedGivesOneCopyAndAnotherSeriesOthers() {
    // Given
    Series other = new Series("d", "other", NORMAL.timesMillis(), NORMAL.values());

    // Then
    assertThat(INJECTOR.inject(NORMAL, FROM).faults())
        .isEqualTo(INJECTOR.inject(NORMAL, FROM).faults());
    assertThat(INJECTOR.inject(NORMAL, FROM).series().values())
        .isEqualTo(INJECTOR.inject(NORMAL, FROM).series().values());
    assertThat(INJECTOR.inject(other, FROM).faults())
        .isNotEqualTo(INJECTOR.inject(NORMAL, FROM).faults());
  }

  @Test
  void aSeriesWithoutVariationGetsOnlyFaultsWithoutSize() {
    // Given
    Series constant = new Series("d", "c", NORMAL.timesMillis(), new double[200_000]);

    // Then
    assertThat(INJECTOR.inject(constant, FROM).faults())
        .isNotEmpty()
        .noneMatch(f -> f.kind().hasMagnitude());
    assertThat(INJECTOR.inject(new Series("d", "e", new long[0], new double[0]), FROM).faults())
        .isEmpty();
  }
}
