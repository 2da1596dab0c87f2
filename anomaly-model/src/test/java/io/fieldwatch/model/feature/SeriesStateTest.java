package io.fieldwatch.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.recording.NormalDays;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesStateTest {
  private static final int READINGS = 20_000;

  @ParameterizedTest
  @EnumSource(NormalDays.Kind.class)
  void theFeaturesOfAPrefixAreThePrefixOfTheFeatures(NormalDays.Kind kind) {
    // Given
    Series whole = NormalDays.series("d", kind, 7, READINGS, 1000);
    int half = READINGS / 2;
    Series prefix =
        new Series(
            "d",
            "s",
            Arrays.copyOf(whole.timesMillis(), half),
            Arrays.copyOf(whole.values(), half));

    // When
    List<double[]> ofWhole = features(Windows.of(whole, 10_000));
    List<double[]> ofPrefix = features(Windows.of(prefix, 10_000));

    // Then
    assertThat(ofPrefix).hasSize(half / 10);
    for (int i = 0; i < ofPrefix.size(); i++) {
      assertThat(ofPrefix.get(i)).isEqualTo(ofWhole.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(NormalDays.Kind.class)
  void unitsAndOriginOfTheValuesDoNotMatter(NormalDays.Kind kind) {
    // Given
    Series celsius = NormalDays.series("d", kind, 8, READINGS, 1000);
    Series fahrenheit = mapped(celsius, x -> 1.8 * x + 32);
    Series tiny = mapped(celsius, x -> 1e-6 * x);

    // When
    List<double[]> expected = features(Windows.of(celsius, 10_000));

    // Then
    // Steps of one quantum lie on the borders of bins and cells more often than other values.
    double most = kind == NormalDays.Kind.QUANTA ? 0.02 : 0.005;
    assertThat(shareOfDifferent(expected, features(Windows.of(fahrenheit, 10_000))))
        .isLessThan(most);
    assertThat(shareOfDifferent(expected, features(Windows.of(tiny, 10_000)))).isLessThan(most);
  }

  /** Rounding may put a number into the neighbouring bin or cell, so single features may differ. */
  private static double shareOfDifferent(List<double[]> expected, List<double[]> actual) {
    long different = 0;
    long all = 0;
    for (int i = 0; i < expected.size(); i++) {
      for (int f = 0; f < expected.get(i).length; f++) {
        all++;
        different += Math.abs(expected.get(i)[f] - actual.get(i)[f]) > 1e-4 ? 1 : 0;
      }
    }
    return different / (double) all;
  }

  @Test
  void aStateThatWasWrittenAndReadOrPackedInMidSeriesGoesOnBitForBit() throws IOException {
    // Given
    List<WindowSummary> windows = busyDay();
    SeriesState state = SeriesState.initial();
    for (WindowSummary window : windows.subList(0, 777)) {
      state = state.next(window).state();
    }

    // When
    SeriesState copy = SeriesState.read(input(bytes(state)));
    SeriesState packed = state;

    // Then
    assertThat(bytes(copy)).isEqualTo(bytes(state));
    for (WindowSummary window : windows.subList(777, windows.size())) {
      SeriesState.Step expected = state.next(window);
      SeriesState.Step actual = copy.next(window);
      SeriesState.Step fromPacked = packed.packed().next(window);
      assertThat(actual.features()).isEqualTo(expected.features());
      assertThat(fromPacked.features()).isEqualTo(expected.features());
      state = expected.state();
      copy = actual.state();
      packed = fromPacked.state();
    }
    assertThat(bytes(copy)).isEqualTo(bytes(state));
    assertThat(bytes(packed.packed())).isEqualTo(bytes(state));
  }

  @Test
  void aSeriesIsPackedOnce() {
    SeriesState packed = after(busyDay()).packed();

    assertThat(packed.packed()).isSameAs(packed);
    assertThat(SeriesState.initial().packed()).isSameAs(SeriesState.initial());
  }

  @Test
  void aStateOfVersion5GoesOnAsIfItHadNeverStopped() throws IOException {
    // Given: what a program of version 5 wrote after as many of these windows
    SeriesState fresh = after(busyDay().subList(0, 1000));

    // When
    SeriesState old = SeriesState.read(input(golden("state-of-version-5.base64")));

    // Then
    assertThat(bytes(old)).isEqualTo(bytes(fresh));
  }

  @Test
  void aStepLeavesTheStateItStartsFromAsItIs() throws IOException {
    // Given
    SeriesState state = SeriesState.initial();
    for (WindowSummary window : busyDay()) {
      byte[] before = bytes(state);

      // When
      SeriesState.Step first = state.next(window);
      SeriesState.Step again = state.next(window);

      // Then
      assertThat(bytes(state)).isEqualTo(before);
      assertThat(again.features()).isEqualTo(first.features());
      assertThat(bytes(again.state())).isEqualTo(bytes(first.state()));
      state = first.state();
    }
  }

  @Test
  void aSeriesCostsTwoAndAHalfKilobytesAtMost() throws IOException {
    for (NormalDays.Kind kind : NormalDays.Kind.values()) {
      SeriesState state =
          after(Windows.of(NormalDays.series("d", kind, 9, 10 * READINGS, 1000), 10_000));

      assertThat(bytes(state)).hasSizeLessThanOrEqualTo(2560);
    }
  }

  @Test
  void aStateOfAnOlderVersionBeginsAnew() throws IOException {
    byte[] bytes = bytes(after(busyDay()));
    bytes[0] = 3;

    assertThat(SeriesState.read(input(bytes))).isSameAs(SeriesState.initial());
  }

  @Test
  void aStateOfVersion4GoesOnAsItWasAndLearnsWhatCameInSince() throws IOException {
    // Given: what a program of version 4 wrote after these windows
    List<WindowSummary> day = busyDay();
    SeriesState old = SeriesState.read(input(golden("state-of-version-4.base64")));

    // When
    SeriesState fresh = after(day.subList(0, 1000));
    double newcomers = 0;
    double apart = 0;
    int compared = 0;
    for (WindowSummary window : day.subList(1000, day.size())) {
      SeriesState.Step expected = fresh.next(window);
      SeriesState.Step actual = old.next(window);

      // Then
      for (String name : FeatureNames.all()) {
        if (name.startsWith("strongest") || name.startsWith("all") || name.startsWith("lasting")) {
          assertThat(feature(actual, name))
              .as(name)
              .isCloseTo(feature(expected, name), within(1.5));
          apart += Math.abs(feature(actual, name) - feature(expected, name));
          compared++;
        }
      }
      newcomers += feature(actual, "ahead.tail") + feature(actual, "still-12.tail");
      fresh = expected.state();
      old = actual.state();
    }
    assertThat(newcomers).isPositive();
    assertThat(apart / compared).as("means follow a little otherwise since").isLessThan(0.02);
    assertThat(bytes(SeriesState.read(input(bytes(old))))).isEqualTo(bytes(old));
  }

  @Test
  void whatCameInWithAnUpgradeSaysNothingBeforeItHasAPast() throws IOException {
    // Given
    List<WindowSummary> day = busyDay();
    SeriesState state = SeriesState.read(input(golden("state-of-version-4.base64")));

    // When / Then
    for (WindowSummary window : day.subList(1000, 1000 + SeriesState.SILENT_WINDOWS + 1)) {
      SeriesState.Step step = state.next(window);
      assertThat(feature(step, "ahead.tail")).isZero();
      assertThat(feature(step, "foremost.tail.1")).isEqualTo(feature(step, "strongest.tail.1"));
      state = step.state();
    }
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = SeriesStateTest.class.getResourceAsStream(name)) {
      return Base64.getMimeDecoder().decode(Objects.requireNonNull(in).readAllBytes());
    }
  }

  @Test
  void aUsualExtentOfAnUnusualValueIsNewAndNotExtreme() {
    // Given: a series that is at 0 or at 10, and never between
    SeriesState state = SeriesState.initial();
    for (int i = 0; i < 2000; i++) {
      double wiggle = 0.01 * Math.sin(i);
      state = state.next(window(i * 10_000L, (i / 50 % 2) * 10 + wiggle)).state();
    }

    // When
    SeriesState.Step between = state.next(window(20_000_000, 5));

    // Then
    assertThat(feature(between, "level.novelty")).isGreaterThan(1.2);
    assertThat(feature(between, "level.surprise")).isZero();
    assertThat(feature(state.next(window(20_000_000, 10)), "level.novelty")).isZero();
  }

  @Test
  void aStateOfAnUnknownVersionIsRefused() throws IOException {
    byte[] bytes = bytes(SeriesState.initial());
    bytes[0] = 99;

    assertThatThrownBy(() -> SeriesState.read(input(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot read the state of a series: its format is version 99, this program knows 2 to 6");
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    byte[] bytes = bytes(SeriesState.initial());
    Arrays.fill(bytes, 40, 48, (byte) 0xff);

    assertThatThrownBy(() -> SeriesState.read(input(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read the state of a series: it is damaged");
  }

  @Test
  void aStateThatIsCutOffOrHasANumberThatIsNoneIsRefused() throws IOException {
    byte[] bytes = bytes(after(busyDay()));
    byte[] infinite = bytes.clone();
    // The first of its numbers, behind the version, six numbers, the length and the first mask.
    infinite[52] = 0x7F;
    infinite[53] = (byte) 0x80;
    infinite[54] = 0;
    infinite[55] = 0;
    byte[] shorter = bytes.clone();
    shorter[49]--;

    for (byte[] damaged : List.of(infinite, shorter)) {
      assertThatThrownBy(() -> SeriesState.read(input(damaged)))
          .isInstanceOf(IOException.class)
          .hasMessage("Cannot read the state of a series: it is damaged");
    }
  }

  @Test
  void theFirstWindowsSayNothing() {
    // When
    List<double[]> features = features(busyDay());

    // Then
    for (double[] young : features.subList(0, SeriesState.SILENT_WINDOWS + 1)) {
      assertThat(young).containsOnly(0);
    }
    assertThat(features.get(SeriesState.SILENT_WINDOWS + 1)).isNotEqualTo(new double[young()]);
  }

  private static int young() {
    return FeatureNames.all().size();
  }

  @Test
  void aWindowThatIsNotNewerIsScoredButNotLearnt() {
    // Given
    SeriesState state = after(busyDay());
    WindowSummary stale = window(NormalDays.START + 10_000, 1e6);

    // When
    SeriesState.Step step = state.next(stale);

    // Then
    assertThat(step.state()).isSameAs(state);
    assertThat(feature(step, "level.surprise")).isEqualTo(4);
  }

  @Test
  void aClockThatWasSetBackByMoreThanADayIsFollowed() throws IOException {
    // Given
    SeriesState state = after(busyDay());

    // When
    SeriesState after = state.next(window(0, 20)).state();
    SeriesState.Step next = after.next(window(10_000, 20));

    // Then
    assertThat(bytes(after)).isNotEqualTo(bytes(state));
    assertThat(feature(next, "gap.surprise")).isZero();
  }

  @Test
  void aSpikeAStuckValueAndAGapStandOutByTheirOwnStatistics() {
    // Given
    List<WindowSummary> day =
        Windows.of(NormalDays.series("d", NormalDays.Kind.NOISE, 9, READINGS, 1000), 10_000);
    SeriesState state = after(day);
    WindowSummary last = day.get(day.size() - 1);
    long next = last.startMillis() + 10_000;
    double mean = last.mean();
    double min = last.min();

    // When
    SeriesState.Step spike =
        state.next(new WindowSummary(next, 10_000, 10, mean + 1, min, mean + 12, 4, mean, mean));
    SeriesState.Step stuck =
        state.next(new WindowSummary(next, 10_000, 10, mean, mean, mean, 0, mean, mean));
    SeriesState.Step gap =
        state.next(
            new WindowSummary(
                next + 3_600_000, 10_000, 10, mean, min, last.max(), last.stddev(), mean, mean));

    // Then
    assertThat(feature(spike, "rise.surprise")).isGreaterThan(2);
    assertThat(feature(stuck, "spread.surprise")).isGreaterThan(2);
    assertThat(feature(gap, "gap.surprise")).isGreaterThan(2);
    assertThat(feature(gap, "rise.surprise")).isZero();
  }

  @Test
  void swingsThatShrinkAreStillAndAValueOffItsCourseIsAhead() {
    // Given
    List<WindowSummary> day =
        Windows.of(NormalDays.series("d", NormalDays.Kind.WANDER, 9, READINGS, 1000), 10_000);
    SeriesState state = after(day);
    WindowSummary last = day.get(day.size() - 1);
    long next = last.startMillis() + 10_000;
    double mean = last.mean();
    double little = last.stddev() / 20;

    // When
    SeriesState still = state;
    SeriesState.Step step = still.next(last);
    for (int i = 0; i < 8; i++) {
      step =
          still.next(
              new WindowSummary(
                  next + i * 10_000L,
                  10_000,
                  10,
                  mean,
                  mean - 2 * little,
                  mean + 2 * little,
                  little,
                  mean,
                  mean));
      still = step.state();
    }
    double far = mean + 30 * last.stddev();
    SeriesState.Step off =
        state.next(new WindowSummary(next, 10_000, 10, far, far - 1, far + 1, 0.5, far, far));

    // Then
    assertThat(feature(step, "still-4.record")).isPositive();
    assertThat(feature(off, "ahead.record")).isPositive();
    assertThat(feature(off, "below.record")).isGreaterThanOrEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 1000, 10_000, 1e6, 1e15})
  void aGlitchWhenASensorComesUpHidesNoShiftOfLater(double glitch) {
    for (int at = 0; at < SeriesState.SILENT_WINDOWS; at++) {
      // Given: 400 windows that vary by 1 around 20, but for one
      Random random = new Random(at);
      SeriesState state = SeriesState.initial();
      for (int i = 0; i < at + 400; i++) {
        double noise = random.nextGaussian();
        state = state.next(window(i * 10_000L, 20 + (i == at ? glitch : noise))).state();
      }

      // When: a shift of 5 deviations
      double greatest = 0;
      for (int i = at + 400; i < at + 406; i++) {
        SeriesState.Step step = state.next(window(i * 10_000L, 25 + random.nextGaussian()));
        greatest = Math.max(greatest, ModelFile.bundled().probability(step.features()));
        state = step.state();
      }

      // Then
      assertThat(greatest).as("glitch at %d", at).isGreaterThan(ModelFile.bundled().threshold());
    }
  }

  @Test
  void aLevelThatHasReallyMovedIsFollowed() {
    // Given
    Random random = new Random(4);
    SeriesState state = SeriesState.initial();
    for (int i = 0; i < 1000; i++) {
      state = state.next(window(i * 10_000L, 20 + random.nextGaussian())).state();
    }

    // When: a new level, far beyond what a single window may move
    SeriesState.Step moving = state.next(window(10_000_000, 1020));
    for (int i = 1001; i < 1020; i++) {
      moving = moving.state().next(window(i * 10_000L, 1020 + random.nextGaussian()));
    }
    SeriesState.Step settled = moving;
    for (int i = 1020; i < 4000; i++) {
      settled = settled.state().next(window(i * 10_000L, 1020 + random.nextGaussian()));
    }

    // Then
    assertThat(feature(moving, "drift.tail")).isGreaterThan(0.9);
    assertThat(feature(settled, "drift.tail")).isLessThan(0.5);
  }

  @Test
  void aConstantSeriesIsNeverUnusualAndLearnsToVary() {
    // Given
    SeriesState state = SeriesState.initial();
    for (int i = 0; i < 1000; i++) {
      SeriesState.Step step = state.next(window(i * 10_000L, 0.1));
      assertThat(feature(step, "strongest.surprise.1")).isZero();
      state = step.state();
    }

    // When: it begins to vary, and goes on for long
    SeriesState.Step first = state.next(window(10_000_000, 5));
    SeriesState.Step last = first;
    for (int i = 1; i < 3000; i++) {
      last = last.state().next(window(10_000_000 + i * 10_000L, i % 7));
    }

    // Then
    assertThat(feature(first, "level.surprise")).isEqualTo(4);
    assertThat(feature(last, "level.surprise")).isLessThan(1.5);
    SeriesState.Step far = last.state().next(window(40_000_000, 500));
    assertThat(feature(far, "level.record")).isGreaterThan(1);
  }

  @Test
  void noInputMakesAFeatureThatIsNoNumber() throws IOException {
    for (List<WindowSummary> hostile : hostileSeries()) {
      SeriesState state = SeriesState.initial();
      for (WindowSummary window : hostile) {
        SeriesState.Step step = state.next(window);
        for (double feature : step.features()) {
          assertThat(feature).isBetween(-100.0, 100.0);
        }
        state = step.state();
      }
      SeriesState.read(input(bytes(state)));
    }
  }

  private static List<List<WindowSummary>> hostileSeries() {
    double huge = Double.MAX_VALUE;
    double tiny = Double.MIN_VALUE;
    List<List<WindowSummary>> all = new ArrayList<>();
    for (double[] values :
        new double[][] {
          {0},
          {-0.0, 0},
          {1e300},
          {1e300, -1e300},
          {huge, -huge},
          {tiny, -tiny},
          {1, 1e300},
          {1e-300, 1},
          {0, 0, 0, huge}
        }) {
      List<WindowSummary> series = new ArrayList<>();
      for (int i = 0; i < 800; i++) {
        double value = values[i % values.length];
        double other = values[(i + 1) % values.length];
        series.add(
            new WindowSummary(
                i * 10_000L,
                10_000,
                1 + i % 3,
                value,
                Math.min(value, other),
                Math.max(value, other),
                Math.abs(value),
                value,
                other));
      }
      all.add(series);
    }
    all.add(List.of(window(0, 1)));
    List<WindowSummary> leaps = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      long start = new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE, 5, 4, -7}[i % 6];
      leaps.add(new WindowSummary(start, 1 + i % 2, Long.MAX_VALUE, i, i, i, 0, i, i));
    }
    all.add(leaps);
    return all;
  }

  /** A window of ten readings around a value. */
  private static WindowSummary window(long start, double value) {
    return new WindowSummary(start, 10_000, 10, value, value - 1, value + 1, 0.6, value, value);
  }

  private static List<WindowSummary> busyDay() {
    return Windows.of(NormalDays.series("d", NormalDays.Kind.WANDER, 9, READINGS, 1000), 10_000);
  }

  private static SeriesState after(List<WindowSummary> windows) {
    SeriesState state = SeriesState.initial();
    for (WindowSummary window : windows) {
      state = state.next(window).state();
    }
    return state;
  }

  private static List<double[]> features(List<WindowSummary> windows) {
    List<double[]> features = new ArrayList<>();
    SeriesState state = SeriesState.initial();
    for (WindowSummary window : windows) {
      SeriesState.Step step = state.next(window);
      features.add(step.features());
      state = step.state();
    }
    return features;
  }

  private static double feature(SeriesState.Step step, String name) {
    return step.features()[FeatureNames.indexOf(name).orElseThrow()];
  }

  private static Series mapped(Series series, DoubleUnaryOperator change) {
    return new Series(
        series.device(),
        series.sensor(),
        series.timesMillis(),
        Arrays.stream(series.values()).map(change).toArray());
  }

  private static byte[] bytes(SeriesState state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    state.write(new DataOutputStream(out));
    return out.toByteArray();
  }

  private static DataInputStream input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
