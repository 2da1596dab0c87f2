package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.Scoring;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.window.Aggregate;
import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A result is a full value at a place of its own, so that writing it again does no harm. */
class PointsTest {
  private static final long START = 1_700_000_000_000L;
  private static final DeviceId PUMP = new DeviceId("plant-1", "pump-7");
  private static final WindowSpec TEN_SECONDS = WindowSpec.tumbling(Duration.ofSeconds(10));
  private static final SensorFacts FACTS = new SensorFacts("Cel", SensorKind.GAUGE, 0);
  private static final Rules RULES =
      new Rules(
          List.of(TEN_SECONDS),
          Scoring.SHORTEST,
          Emission.DEFAULT,
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          new Rules.Silence(Duration.ofMinutes(1), Duration.ofMinutes(15)),
          List.of(),
          new Rules.Limits(10, 4));

  private final Aggregate aggregate = new Aggregate();

  @Test
  void aWindowIsOnePointFromItsFirstReadingToItsLastRevision() {
    // When: each written by another batch
    List<String> lines =
        List.of(
            windowAt(START + 1_000, 1, false, 0),
            windowAt(START + 12_000, 2, true, 0),
            windowAt(START + 60_000, 3, true, 1));

    // Then
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(placeOf(line))
                    .isEqualTo(
                        "window,device=pump-7,sensor=temperature,site=plant-1,window=10s "
                            + START));
    assertThat(lines.get(0)).contains("count=1i,mean=1,", "revision=0i", "final=false");
    assertThat(lines.get(1)).contains("count=2i,mean=1.5,", "revision=0i", "final=true");
    assertThat(lines.get(2)).contains("count=3i,mean=2,", "revision=1i", "final=true");
  }

  @Test
  void aScoreIsOnePointWhicheverModelAndBatchItIsOf() {
    assertThat(placeOf(scoreAt(START + 12_000, "m1")))
        .isEqualTo("score,device=pump-7,sensor=temperature,site=plant-1,window=10s " + START)
        .isEqualTo(placeOf(scoreAt(START + 99_000, "m2")));
  }

  @Test
  void aFlaggedWindowSaysWhatMadeItSo() {
    assertThat(topOf("temperature", List.of(), "level.surprise", "drift.novelty"))
        .contains("top=\"temperature over 10s: the mean +3.00, the drift +2.00\"");
  }

  @Test
  void aFlaggedWindowOfAllSensorsSaysWhatAndWho() {
    assertThat(topOf("_all", List.of("temperature", "humidity"), "q.surprise", "residual.novelty"))
        .contains("score,device=pump-7,sensor=_all,site=plant-1,window=10s ")
        .contains(
            "top=\"_all over 10s: how badly the sensors fit together +3.00, "
                + "the sensor that fits the others least +2.00 (temperature, humidity)\"");
  }

  @Test
  void aDeviceThatWasNeverHeardOfIsOfflineSinceZero() {
    // Given
    WindowPlan plan = WindowPlan.of(WindowTree.of(RULES.windows()));
    Points points = new Points(model("m1"), RULES, START);

    // When
    points.device(new DeviceState(this, PUMP, plan));

    // Then
    assertThat(points.lines().slice(0, 1))
        .contains("state=\"offline\"", "online=0i", "last_reading=0i", "last_ingest=0i");
  }

  private String windowAt(long nowMillis, double nextValue, boolean isFinal, int revision) {
    aggregate.add(SensorKind.GAUGE, START + aggregate.count(), nextValue);
    Points points = new Points(model("m1"), RULES, nowMillis);
    points.window(
        PUMP,
        "temperature",
        FACTS,
        new WindowResult(TEN_SECONDS, START, aggregate, isFinal, revision, 0, 0));
    return points.lines().slice(0, 1);
  }

  private static String scoreAt(long nowMillis, String model) {
    Points points = new Points(model(model), RULES, nowMillis);
    points.score(
        PUMP,
        "temperature",
        new ScoredWindow(TEN_SECONDS, START, new double[0], List.of(), 0.25, false, 0));
    return points.lines().slice(0, 1);
  }

  /** The point of a window of which a feature is 3 and another 2. */
  private static String topOf(String sensor, List<String> suspects, String three, String two) {
    double[] features = new double[FeatureNames.all().size()];
    features[FeatureNames.indexOf(three).orElseThrow()] = 3;
    features[FeatureNames.indexOf(two).orElseThrow()] = 2;
    Model model =
        new Model("m1", 0.5, 0, 4, List.of(new Weight(three, 0, 1, 1), new Weight(two, 0, 1, 1)));
    Points points = new Points(model, RULES, START);
    points.score(
        PUMP, sensor, new ScoredWindow(TEN_SECONDS, START, features, suspects, 0.9, true, 1));
    return points.lines().slice(0, 1);
  }

  private static Model model(String version) {
    return new Model(version, 0.5, 0, 4, List.of());
  }

  /** Measurement, tags and time. */
  private static String placeOf(String line) {
    return line.substring(0, line.indexOf(' '))
        + line.stripTrailing().substring(line.lastIndexOf(' '));
  }
}
