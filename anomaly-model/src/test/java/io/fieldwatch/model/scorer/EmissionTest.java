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
