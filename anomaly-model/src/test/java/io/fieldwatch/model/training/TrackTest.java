package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.scorer.Emission;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackTest {
  private static final long WINDOW_MILLIS = 10_000;
  private static final double THRESHOLD = 0.5;

  @ParameterizedTest
  @EnumSource(Emission.Rule.class)
  void theJobNeverRaisesMoreAlarmsThanTheBudgetCounts(Emission.Rule rule) {
    Emission emission = new Emission(rule, Emission.DEFAULT.quietWindows());
    Random random = new Random(5);
    long raised = 0;
    for (int i = 0; i < 2000; i++) {
      // Given: now quiet, now flagged for long, with windows missing between
      double[] probabilities = probabilities(random);
      long[] starts = starts(random, probabilities.length);

      // When
      int alarms = alarms(emission, starts, probabilities);

      // Then
      Track track = new Track("d", "s", WINDOW_MILLIS, starts, probabilities);
      assertThat(alarms).as("sequence %d", i).isLessThanOrEqualTo(track.alarms(THRESHOLD));
      raised += alarms;
    }
    assertThat(raised).as("of 2000 sequences").isGreaterThan(2000);
  }

  /** Passages of a level each, from ever quiet to ever flagged, which may rise. */
  private static double[] probabilities(Random random) {
    double[] probabilities = new double[1 + random.nextInt(300)];
    double level = 0;
    double rise = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (random.nextInt(40) == 0) {
        level = random.nextDouble();
        rise = random.nextBoolean() ? 0 : 0.01 * random.nextDouble();
      }
      level += rise;
      probabilities[i] = Math.min(1, level * (0.8 + 0.2 * random.nextDouble()));
    }
    return probabilities;
  }

  private static long[] starts(Random random, int length) {
    long[] starts = new long[length];
    long start = 0;
    for (int i = 0; i < length; i++) {
      starts[i] = start;
      start += WINDOW_MILLIS * (random.nextInt(20) == 0 ? 1 + random.nextInt(40) : 1);
    }
    return starts;
  }

  private static int alarms(Emission emission, long[] starts, double[] probabilities) {
    int alarms = 0;
    Emission.Event event = Emission.Event.NONE;
    for (int i = 0; i < starts.length; i++) {
      Emission.Step step =
          emission.next(event, starts[i], WINDOW_MILLIS, probabilities[i], THRESHOLD);
      event = step.event();
      alarms += step.alarms();
    }
    return alarms;
  }
}
