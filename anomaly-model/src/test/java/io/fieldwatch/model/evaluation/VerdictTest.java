package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void averagePrecisionIsTheAreaUnderTheSteps() {
    // Given: by falling probability anomalous, normal, and two alike of which one is anomalous
    Judged device = judged(new double[] {0.9, 0.4, 0.6, 0.4}, 1, 1, 0, 0);

    // When
    PrecisionRecall curve = PrecisionRecall.of(List.of(device));

    // Then: precision 1 up to half the recall, then 2 of 4
    assertThat(curve.averagePrecision()).isCloseTo(0.5 * 1 + 0.5 * 0.5, within(1e-12));
    assertThat(curve.prevalence()).isEqualTo(0.5);
    assertThat(curve.points()).hasSize(3);
    assertThat(curve.best().f1()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void shuffledLabelsGiveThePrecisionOfGuessing() {
    // Given
    Random random = new Random(4);
    byte[] labels = new byte[200_000];
    double[] probabilities = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (random.nextInt(20) == 0 ? 1 : 0);
      probabilities[i] = random.nextDouble();
    }

    // When
    Judged device = new Judged("d", new long[labels.length], probabilities, labels, 0, 0.5);
    PrecisionRecall curve = PrecisionRecall.of(List.of(device));

    // Then
    assertThat(curve.averagePrecision()).isCloseTo(curve.prevalence(), within(0.003));
    assertThat(curve.prevalence()).isCloseTo(0.05, within(0.003));
  }

  @Test
  void rowsThatAreNotJudgedCountNowhere() {
    // Given: the first row is past, the second has another label
    Judged device =
        new Judged(
            "d",
            new long[] {0, 1, 2, 3},
            new double[] {0.99, 0.98, 0.7, 0.1},
            new byte[] {0, -1, 1, 0},
            1,
            0.5);

    // When
    Verdict verdict = Verdict.of(List.of(device));

    // Then
    assertThat(verdict.curve().averagePrecision()).isEqualTo(1);
    assertThat(verdict.curve().prevalence()).isEqualTo(0.5);
    assertThat(verdict.flagged().precision()).isEqualTo(1);
    assertThat(verdict.alarms().falseAlarms()).isZero();
  }

  @Test
  void anEventIsFoundOnceAndFlagsBesideItAreFalseAlarms() {
    // Given: an event of rows 50 to 59 flagged from 53 on, one of rows 200 to 204 never, and flags
    // at 100 and 101, which are one alarm, and at 140
    double[] probabilities = new double[300];
    Arrays.fill(probabilities, 53, 60, 0.9);
    probabilities[100] = 0.9;
    probabilities[101] = 0.9;
    probabilities[140] = 0.9;
    byte[] labels = new byte[300];
    Arrays.fill(labels, 50, 60, (byte) 1);
    Arrays.fill(labels, 200, 205, (byte) 1);
    long[] times = new long[300];
    Arrays.setAll(times, i -> i * 288_000L);

    // When
    Alarms alarms = Alarms.of(List.of(new Judged("d", times, probabilities, labels, 0, 0.5)));

    // Then: 300 rows of 288 s are a day
    assertThat(alarms.events()).isEqualTo(2);
    assertThat(alarms.found()).isEqualTo(1);
    assertThat(alarms.delay(0.5)).isEqualTo(3);
    assertThat(alarms.falseAlarms()).isEqualTo(2);
    assertThat(alarms.falseAlarmsPerDeviceDay()).isCloseTo(2, within(0.01));
  }

  @Test
  void probabilitiesThatMeanWhatTheySayHaveNoError() {
    // Given
    Judged honest = judged(new double[] {0.25, 0.25, 0.25, 0.25}, 1, 0, 0, 0);
    Judged boastful = judged(new double[] {0.95, 0.95}, 0, 1);

    // Then
    assertThat(Reliability.of(List.of(honest)).error()).isZero();
    assertThat(Reliability.of(List.of(boastful)).error()).isCloseTo(0.45, within(1e-12));
    assertThat(Reliability.of(List.of(honest, boastful)).bins()).hasSize(2);
  }

  @Test
  void dataThatGiveAnomaliesAwayByTheirPlaceAreFoundOut() {
    // Given: anomalies in the last tenth of each device, or anywhere
    byte[] last = new byte[1000];
    Arrays.fill(last, 900, 1000, (byte) 1);
    byte[] anywhere = new byte[1000];
    Random random = new Random(8);
    for (int i = 0; i < 100; i++) {
      anywhere[random.nextInt(1000)] = 1;
    }

    // Then
    assertThat(byRowIndex(last)).isGreaterThan(0.99);
    assertThat(byRowIndex(anywhere)).isLessThan(0.2);
  }

  private static double byRowIndex(byte[] labels) {
    Judged device = new Judged("d", new long[1000], new double[1000], labels, 0, 0.5);
    Judged other = new Judged("e", new long[1000], new double[1000], labels, 0, 0.5);
    return Verdict.of(List.of(device, other)).rowIndex().averagePrecision();
  }

  @Test
  void nothingToJudgeIsNoFailure() {
    Verdict verdict = Verdict.of(List.of(judged(new double[0]), judged(new double[] {0.5}, 0)));

    assertThat(verdict.curve().averagePrecision()).isZero();
    assertThat(verdict.alarms().recall()).isZero();
    assertThat(verdict.alarms().falseAlarmsPerDeviceDay()).isZero();
  }

  private static Judged judged(double[] probabilities, int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return new Judged("d", new long[bytes.length], probabilities, bytes, 0, 0.5);
  }
}
