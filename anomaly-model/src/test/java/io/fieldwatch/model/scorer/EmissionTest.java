package io.fieldwatch.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmissionTest {
  private static final Emission RECORD_HIGH = new Emission(Emission.Rule.RECORD_HIGH, 3);
  private static final Emission HYSTERESIS = new Emission(Emission.Rule.HYSTERESIS, 3);

  @Test
  void aRecordHighRaisesAnAlarmWhereAnEventBeginsAndWhereItBecomesWorse() {
    assertThat(alarms(RECORD_HIGH, 0, .8, .7, .8, .9, .9, 0, 0, .6, 0, 0, 0, .6))
        .containsExactly(1, 4, 12);
  }

  @Test
  void noSecondAlarmIsRaisedInTheRefractoryPeriod() {
    assertThat(alarms(RECORD_HIGH, .6, .7, .8, .9, .91, .92, .93, .94))
        .as("ever worse is told every 3 windows")
        .containsExactly(0, 3, 6);
    assertThat(alarms(RECORD_HIGH, .6, 0, 0, .7)).containsExactly(0, 3);
  }

  @Test
  void whatBecameWorseInTheRefractoryPeriodIsToldAtItsEndIfItStaysSo() {
    assertThat(alarms(RECORD_HIGH, .6, .9, .9, .9, .9, .9, .9))
        .as("told once, though it is no higher than within the period")
        .containsExactly(0, 3);
    assertThat(alarms(RECORD_HIGH, .6, .9, .6, .55, .6, .6))
        .as("back to what was told")
        .containsExactly(0);
    assertThat(alarms(RECORD_HIGH, .6, .9, .6, .6, .7))
        .as("worse than what was told, though the peak that nobody was told of was higher")
        .containsExactly(0, 4);
  }

  @Test
  void windowsThatAreMissingCountInTheRefractoryPeriod() {
    // Given
    Emission.Event event = RECORD_HIGH.next(Emission.Event.NONE, 1000, 10, 0.6, 0.5).event();

    // Then
    assertThat(event).isEqualTo(new Emission.Event(1030, 1030, 0.6));
    assertThat(RECORD_HIGH.next(event, 1020, 10, 0.9, 0.5))
        .isEqualTo(new Emission.Step(new Emission.Event(1050, 1030, 0.6), 0));
    assertThat(RECORD_HIGH.next(event, 1030, 10, 0.9, 0.5))
        .isEqualTo(new Emission.Step(new Emission.Event(1060, 1060, 0.9), 1));
  }

  @Test
  void hysteresisRaisesOneAlarmUntilTheEventIsOver() {
    assertThat(alarms(HYSTERESIS, 0, .8, .7, .9, 0, .4, 0, .4, 0, .4, .9, 0, 0, 0, 0, .6))
        .as("what stays near the threshold keeps the event open")
        .containsExactly(1, 15);
    assertThat(alarms(HYSTERESIS, .4, .4, .2, .6)).containsExactly(3);
  }

  @Test
  void aClockThatWasSetBackEndsTheEvent() {
    // Given
    Emission.Event event = RECORD_HIGH.next(Emission.Event.NONE, 1_000_000, 10, 0.9, 0.5).event();

    // Then
    assertThat(RECORD_HIGH.next(event, 5000, 10, 0.6, 0.5).alarms()).isEqualTo(1);
    assertThat(RECORD_HIGH.next(event, 1_000_010, 10, 0.6, 0.5).alarms()).isZero();
  }

  @Test
  void aQuietTimeOfNoWindowIsRefused() {
    assertThatThrownBy(() -> new Emission(Emission.Rule.RECORD_HIGH, 0))
        .hasMessage("Invalid emission: quiet for 0 windows, must be 1 or more");
  }

  /** The windows that raise alarms at a threshold of 0.5. */
  private static List<Integer> alarms(Emission emission, double... probabilities) {
    List<Integer> alarms = new ArrayList<>();
    Emission.Event event = Emission.Event.NONE;
    for (int i = 0; i < probabilities.length; i++) {
      Emission.Step step = emission.next(event, i * 10L, 10, probabilities[i], 0.5);
      event = step.event();
      if (step.alarms() > 0) {
        alarms.add(i);
      }
    }
    return alarms;
  }
}
