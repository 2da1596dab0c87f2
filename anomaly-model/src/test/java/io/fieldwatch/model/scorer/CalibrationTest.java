package io.fieldwatch.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.model.scorer.Calibration.Knot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final Calibration LINE =
      new Calibration(List.of(new Knot(-1, -3), new Knot(1, 1), new Knot(3, 2)));

  @Test
  void itGoesThroughItsKnotsStraightBetweenThemAndOnWithTheLogitOutside() {
    assertThat(LINE.at(-1)).isEqualTo(-3);
    assertThat(LINE.at(0)).isEqualTo(-1);
    assertThat(LINE.at(1)).isEqualTo(1);
    assertThat(LINE.at(2)).isEqualTo(1.5);
    assertThat(LINE.at(-11)).isEqualTo(-13);
    assertThat(LINE.at(13)).isEqualTo(12);
    assertThat(Calibration.NONE.at(0.7)).isEqualTo(0.7);
  }

  @Test
  void itNeverFalls() {
    // Given: knots that lie close together, where rounding shows
    Random random = new Random(7);
    List<Knot> knots = new ArrayList<>();
    double logit = -5;
    double calibrated = -5;
    for (int i = 0; i < 100; i++) {
      logit += 1e-9 + random.nextDouble() * random.nextDouble();
      calibrated += random.nextDouble() * (i % 2 == 0 ? 1e-12 : 1);
      knots.add(new Knot(logit, Math.max(calibrated, Math.nextUp(calibrated))));
    }
    Calibration calibration = new Calibration(knots);

    // When / Then
    double before = Double.NEGATIVE_INFINITY;
    for (double x = -6; x < logit + 1; x += 1e-4) {
      double now = calibration.at(x);
      assertThat(now).isGreaterThanOrEqualTo(before).isFinite();
      before = now;
    }
    for (Knot knot : knots) {
      assertThat(calibration.at(Math.nextDown(knot.logit())))
          .isLessThanOrEqualTo(knot.calibrated());
      assertThat(calibration.at(Math.nextUp(knot.logit())))
          .isGreaterThanOrEqualTo(knot.calibrated());
    }
  }

  @Test
  void whatDoesNotRiseIsRefused() {
    assertThatThrownBy(() -> new Calibration(List.of(new Knot(1, 1), new Knot(2, 1))))
        .hasMessageContaining("Invalid calibration")
        .hasMessageContaining("does not rise");
    assertThatThrownBy(() -> new Calibration(List.of(new Knot(1, 1), new Knot(1, 2))))
        .hasMessageContaining("does not rise");
    assertThatThrownBy(() -> new Knot(Double.NaN, 1))
        .hasMessage("Invalid calibration: logit NaN becomes 1.0, both must be finite");
  }
}
