package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmBudgetTest {
  private static final int DAY = 8640;

  @Test
  void aFlagRaisesNoSecondAlarmForAWhile() {
    // Given
    double[] probabilities = new double[DAY];
    probabilities[100] = 0.9;
    probabilities[101] = 0.9;
    probabilities[129] = 0.9;
    probabilities[200] = 0.9;

    // Then
    assertThat(track("a", probabilities).alarms(0.5)).isEqualTo(2);
    assertThat(track("a", probabilities).alarms(0.95)).isZero();
    assertThat(track("a", probabilities).days()).isCloseTo(1, within(1e-12));
  }

  @Test
  void theThresholdIsTheLeastThatKeepsTheBudget() {
    // Given: two devices, the first with two series; peaks far apart
    Random random = new Random(3);
    List<Track> tracks =
        List.of(track("a", peaks(random)), track("a", peaks(random)), track("b", peaks(random)));

    // When
    double threshold = AlarmBudget.threshold(tracks, 2);

    // Then
    assertThat(AlarmBudget.deviceDays(tracks)).isCloseTo(2, within(1e-12));
    assertThat(AlarmBudget.alarmsPerDeviceDay(tracks, threshold)).isEqualTo(2);
    assertThat(AlarmBudget.alarmsPerDeviceDay(tracks, threshold - 0.05)).isGreaterThan(2);
  }

  @Test
  void whereNoThresholdKeepsTheBudgetNothingIsFlagged() {
    // Given
    double[] same = new double[DAY];
    Arrays.fill(same, 0.4);
    List<Track> tracks = List.of(track("a", same));

    // When
    double threshold = AlarmBudget.threshold(tracks, 0.5);

    // Then
    assertThat(threshold).isGreaterThan(0.4);
    assertThat(AlarmBudget.alarmsPerDeviceDay(tracks, threshold)).isZero();
  }

  @Test
  void anEndlessFlagIsNotOneAlarm() {
    double[] same = new double[DAY];
    Arrays.fill(same, 0.4);

    assertThat(track("a", same).alarms(0.4)).isEqualTo(DAY / 30);
  }

  @Test
  void withoutNormalWindowsThereIsNoThreshold() {
    assertThatThrownBy(() -> AlarmBudget.threshold(List.of(), 1))
        .hasMessage("Cannot find a threshold: no normal windows are left to calibrate with");
  }

  private static double[] peaks(Random random) {
    double[] probabilities = new double[DAY];
    for (int i = 50; i < DAY; i += 100) {
      probabilities[i] = random.nextDouble();
    }
    return probabilities;
  }

  private static Track track(String device, double[] probabilities) {
    long[] starts = new long[probabilities.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i * 10_000L;
    }
    return new Track(device, "s", 10_000, starts, probabilities);
  }
}
