package io.fieldwatch.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JointStateTest {
  private static final long WINDOW = 10_000;
  private static final int INSTANTS = 3000;

  /** When the third sensor no longer follows the others, and for how long. */
  private static final int WRONG_FROM = 2500;

  private static final int WRONG = 20;

  @Test
  void theFeaturesOfAPrefixAreThePrefixOfTheFeatures() {
    // Given
    List<JointWindow> windows = pump(true);
    List<double[]> all = features(windows);

    // Then
    List<double[]> prefix = features(windows.subList(0, 1700));
    for (int i = 0; i < prefix.size(); i++) {
      assertThat(prefix.get(i)).isEqualTo(all.get(i));
    }
  }

  @Test
  void aSensorThatNoLongerFollowsTheOthersIsFoundThoughItKeepsToItsOwnRange() {
    // Given
    List<JointWindow> windows = pump(true);
    List<JointWindow> right = pump(false);

    // When
    List<JointState.Step> steps = steps(windows);

    // Then: beyond all that was normal, and beyond what the same hours without the fault give
    assertThat(strongest(steps, WRONG_FROM, WRONG_FROM + WRONG))
        .isGreaterThan(1.5 * strongest(steps, 400, WRONG_FROM))
        .isGreaterThan(2 * strongest(steps(right), WRONG_FROM, WRONG_FROM + WRONG));
    assertThat(
            IntStream.range(WRONG_FROM, WRONG_FROM + WRONG)
                .filter(i -> steps.get(i).suspects().get(0).equals("return"))
                .count())
        .isGreaterThan(WRONG / 2);
    double least = min(right, 2);
    double greatest = -min(negated(right), 2);
    assertThat(windows.subList(WRONG_FROM, WRONG_FROM + WRONG))
        .allSatisfy(w -> assertThat(w.means()[2]).isBetween(least, greatest));
  }

  /** The second strongest surprise, which single chances seldom reach. */
  private static double strongest(List<JointState.Step> steps, int from, int to) {
    int feature = FeatureNames.indexOf("joint.surprise.2").orElseThrow();
    return steps.subList(from, to).stream()
        .mapToDouble(step -> step.features()[feature])
        .max()
        .orElseThrow();
  }

  private static List<JointWindow> negated(List<JointWindow> windows) {
    return scaled(windows, -1, 0);
  }

  private static double min(List<JointWindow> windows, int sensor) {
    return windows.stream().mapToDouble(w -> w.means()[sensor]).min().orElseThrow();
  }

  @Test
  void unitsAndOriginsDoNotMatter() {
    // Given
    List<double[]> expected = features(pump(true));
    List<double[]> actual = features(scaled(pump(true), 1.8, 32));

    // Then
    assertThat(shareOfDifferent(expected, actual)).isLessThan(0.005);
  }

  /** Rounding may put a number into the neighbouring bin or cell, so single features may differ. */
  private static double shareOfDifferent(List<double[]> expected, List<double[]> actual) {
    long different = 0;
    for (int i = 0; i < expected.size(); i++) {
      for (int f = 0; f < expected.get(i).length; f++) {
        different += Math.abs(expected.get(i)[f] - actual.get(i)[f]) > 1e-4 ? 1 : 0;
      }
    }
    return different / (double) (expected.size() * expected.get(0).length);
  }

  @Test
  void theOrderInWhichSensorsAreToldDoesNotMatter() {
    // Given
    List<JointWindow> turned = new ArrayList<>();
    for (JointWindow w : pump(true)) {
      double[] means = w.means();
      turned.add(
          turned.isEmpty()
              ? w
              : new JointWindow(
                  w.startMillis(),
                  List.of("return", "pressure", "flow", "supply"),
                  new double[] {means[2], means[3], means[0], means[1]}));
    }

    // Then
    List<double[]> expected = features(pump(true));
    assertThat(shareOfDifferent(expected, features(turned))).isLessThan(0.02);
  }

  @Test
  void aDeviceIsSilentWhileItIsYoungAndSaysThatItSpeaksOfAllSensors() {
    // Given
    List<double[]> features = features(pump(false));
    int together = FeatureNames.indexOf(FeatureNames.TOGETHER).orElseThrow();

    // Then: sensors are compared from their 12th window on, and silent for the first 12 of those
    for (double[] early : features.subList(0, 24)) {
      assertThat(early).containsOnly(0);
    }
    assertThat(features.get(INSTANTS - 1)[together]).isEqualTo(1);
    for (int i = 0; i < FeatureVector.SERIES_LENGTH; i++) {
      assertThat(features.get(INSTANTS - 1)[i]).isZero();
    }
  }

  @Test
  void aWindowThatDoesNotLieBehindTheLastIsScoredAndNotLearnt() {
    // Given
    JointState state = after(pump(false));
    JointWindow late = new JointWindow(WINDOW, List.of("flow", "supply"), new double[] {1, 2});

    // Then
    assertThat(state.next(late).state()).isSameAs(state);
  }

  @Test
  void aStateThatWasWrittenAndReadGoesOnBitForBit() throws IOException {
    // Given
    List<JointWindow> windows = pump(true);
    JointState state = after(windows.subList(0, 777));

    // When
    JointState copy = JointState.read(input(bytes(state)));

    // Then
    assertThat(bytes(copy)).isEqualTo(bytes(state));
    for (JointWindow window : windows.subList(777, INSTANTS)) {
      JointState.Step expected = state.next(window);
      JointState.Step actual = copy.next(window);
      assertThat(actual.features()).isEqualTo(expected.features());
      assertThat(actual.suspects()).isEqualTo(expected.suspects());
      state = expected.state();
      copy = actual.state();
    }
    assertThat(bytes(state).length).as("bytes for four sensors").isLessThan(1300);
  }

  @Test
  void aStateThatIsPackedGoesOnBitForBit() throws IOException {
    // Given: a fifth sensor comes when the state is packed
    List<JointWindow> windows = pump(true);
    JointState state = after(windows.subList(0, 777));
    JointState packed = state.packed();
    List<JointWindow> rest = new ArrayList<>(windows.subList(777, 1500));
    rest.set(
        10,
        new JointWindow(
            rest.get(10).startMillis(), List.of("supply", "valve"), new double[] {61, 0}));

    // Then
    assertThat(packed).isNotSameAs(state);
    assertThat(packed.packed()).isSameAs(packed);
    for (JointWindow window : rest) {
      assertThat(bytes(packed)).isEqualTo(bytes(state));
      JointState.Step expected = state.next(window);
      JointState.Step actual = packed.next(window);
      assertThat(actual.features()).isEqualTo(expected.features());
      assertThat(actual.suspects()).isEqualTo(expected.suspects());
      state = expected.state();
      packed = actual.state().packed();
    }
  }

  @Test
  void aForeignOrDamagedStateIsRefused() throws IOException {
    byte[] foreign = bytes(after(pump(false).subList(0, 100)));
    foreign[0] = 9;
    assertThatThrownBy(() -> JointState.read(input(foreign)))
        .hasMessage(
            "Cannot read the state of a device: its format is version 9, this program knows 1");
    byte[] damaged = bytes(after(pump(false).subList(0, 100)));
    damaged[25] = 99;
    assertThatThrownBy(() -> JointState.read(input(damaged)))
        .hasMessage("Cannot read the state of a device: it is damaged");
  }

  @Test
  void nothingThatSensorsGiveMakesAFeatureNaN() {
    // Given: constant ones, equal ones, one that comes later, gaps, extremes, and too many of them
    Random random = new Random(5);
    List<JointWindow> windows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      List<String> sensors = new ArrayList<>();
      List<Double> means = new ArrayList<>();
      double noise = random.nextGaussian();
      for (int s = 0; s < 20; s++) {
        if (random.nextInt(10) > 0 && (s != 3 || i > 700)) {
          sensors.add("s" + s);
          means.add(
              switch (s) {
                case 0 -> 7.0;
                case 1, 2 -> noise;
                case 4 -> i == 900 ? Double.MAX_VALUE : noise + random.nextGaussian();
                case 5 -> i % 500 == 7 ? -1e300 : random.nextGaussian();
                case 6 -> 1e-300 * random.nextGaussian();
                case 7 -> i == 1500 ? 8.0 : 7.0;
                default -> random.nextGaussian();
              });
        }
      }
      windows.add(
          new JointWindow(
              i * WINDOW, sensors, means.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    // Then
    for (double[] features : features(windows)) {
      assertThat(Arrays.stream(features).allMatch(Double::isFinite)).isTrue();
    }
  }

  @Test
  void oneSensorAloneIsComparedWithNothing() {
    JointState state = JointState.initial();
    for (int i = 0; i < 600; i++) {
      JointState.Step step =
          state.next(new JointWindow(i * WINDOW, List.of("only"), new double[] {i % 7}));
      assertThat(step.features()).containsOnly(0);
      assertThat(step.suspects()).isEmpty();
      state = step.state();
    }
  }

  @Test
  void aWindowThatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> new JointWindow(0, List.of("a", "a"), new double[] {1, 2}))
        .hasMessageContaining("a sensor stands twice");
    assertThatThrownBy(() -> new JointWindow(0, List.of("a"), new double[] {1, 2}))
        .hasMessageContaining("2 means for 1 sensors");
    assertThatThrownBy(() -> new JointWindow(0, List.of("a"), new double[] {Double.NaN}))
        .hasMessageContaining("not a finite number");
  }

  /**
   * Flow, supply, return and pressure follow one load; the return may go its own way for a while.
   */
  private static List<JointWindow> pump(boolean wrong) {
    Random random = new Random(17);
    List<JointWindow> windows = new ArrayList<>();
    double load = 0;
    for (int i = 0; i < INSTANTS; i++) {
      load = 0.98 * load + 0.2 * random.nextGaussian();
      double flow = 10 + load + 0.1 * random.nextGaussian();
      double supply = 60 + 2 * load + 0.2 * random.nextGaussian();
      double back = 40 - load + 0.1 * random.nextGaussian();
      if (wrong && i >= WRONG_FROM && i < WRONG_FROM + WRONG) {
        back = 40 + 0.5 * load + Math.copySign(0.5, load) + 0.1 * random.nextGaussian();
      }
      double pressure = 3 + 0.5 * load + 0.05 * random.nextGaussian();
      windows.add(
          new JointWindow(
              i * WINDOW,
              List.of("flow", "supply", "return", "pressure"),
              new double[] {flow, supply, back, pressure}));
    }
    return windows;
  }

  private static List<JointWindow> scaled(List<JointWindow> windows, double by, double and) {
    return windows.stream()
        .map(
            w ->
                new JointWindow(
                    w.startMillis(),
                    w.sensors(),
                    Arrays.stream(w.means()).map(mean -> by * mean + and).toArray()))
        .toList();
  }

  private static List<JointState.Step> steps(List<JointWindow> windows) {
    List<JointState.Step> steps = new ArrayList<>();
    JointState state = JointState.initial();
    for (JointWindow window : windows) {
      steps.add(state.next(window));
      state = steps.get(steps.size() - 1).state();
    }
    return steps;
  }

  private static List<double[]> features(List<JointWindow> windows) {
    return steps(windows).stream().map(JointState.Step::features).toList();
  }

  private static JointState after(List<JointWindow> windows) {
    return steps(windows).get(windows.size() - 1).state();
  }

  private static byte[] bytes(JointState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
