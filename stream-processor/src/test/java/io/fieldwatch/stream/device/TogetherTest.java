package io.fieldwatch.stream.device;

import static io.fieldwatch.model.feature.JointState.ALL_SENSORS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.stream.window.Window;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores of all sensors of a device together, as a device hands them over. */
class TogetherTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long LENGTH = 10_000;
  private static final int USUAL = 800;
  private static final DeviceId PUMP = new DeviceId("plant-1", "pump-7");
  private static final WindowTree TREE = treeOf(Duration.ofSeconds(10));

  /** The same weight for what is new of a sensor and of all of them together. */
  private static final Model JOINT =
      new Model(
          "joint",
          0.5,
          -4,
          4,
          List.of(
              new Weight("level.novelty", 0, 1, 3),
              new Weight("joint.novelty.1", 0, 1, 3),
              new Weight(FeatureNames.TOGETHER, 0, 1, 0.1)));

  private static final Model SINGLE =
      new Model("single", 0.5, -4, 4, List.of(new Weight("level.novelty", 0, 1, 3)));

  private final Heard heard = new Heard();
  private Rules rules = rulesOf(Scoring.SHORTEST, TREE);
  private DeviceState pump = new DeviceState(this, PUMP, WindowPlan.of(TREE));

  @Test
  void aSensorThatGoesItsOwnWayWithinItsRangeIsFlaggedTogetherAndNamed() {
    // Given: two sensors that follow one another
    followOneAnother(0, USUAL);
    assertThat(heard.all).noneMatch(Scored::flagged);

    // When
    goTheirOwnWays(USUAL, USUAL + 6);

    // Then
    List<Scored> flagged = heard.all.stream().filter(Scored::flagged).toList();
    assertThat(flagged)
        .hasSizeGreaterThan(1)
        .allMatch(scored -> scored.sensor().equals(ALL_SENSORS));
    assertThat(flagged.get(0).startMillis()).isEqualTo(start(USUAL));
    assertThat(flagged.get(0).suspects()).isNotEmpty().isSubsetOf("a", "b");
    assertThat(heard.all.stream().mapToInt(Scored::alarms).sum()).as("one event").isOne();
    assertThat(heard.of("a")).allMatch(scored -> scored.suspects().isEmpty());
  }

  @Test
  void windowsThatOnePackClosesAreScoredInTheOrderOfTheirStarts() {
    // Given: each sensor's windows the other way round
    PackBuffer pack = new PackBuffer();
    for (String sensor : List.of("a", "b")) {
      for (int i = 4; i >= 0; i--) {
        add(pack, sensor, i, i);
      }
    }
    apply(pack);

    // When
    apply(packOf(20, "a"));

    // Then
    assertThat(heard.of(ALL_SENSORS))
        .extracting(Scored::startMillis)
        .containsExactly(start(0), start(1), start(2), start(3), start(4));
  }

  @Test
  void sensorsThatCatchUpDoNotTurnTimeBackAlsoAfterARestart() throws IOException {
    // Given
    followOneAnother(10, 20);
    pump = read(bytesOf(pump));
    List<Scored> before = List.copyOf(heard.of(ALL_SENSORS));

    // When: two that were not seen before send what is older, and close it at once
    PackBuffer late = packOf(5, "c", "d");
    add(late, "c", 19, 1);
    apply(late);

    // Then
    assertThat(heard.of("c")).extracting(Scored::startMillis).contains(start(5));
    assertThat(heard.of(ALL_SENSORS)).isEqualTo(before);
    followOneAnother(20, 22);
    assertThat(heard.of(ALL_SENSORS)).hasSize(before.size() + 2);
  }

  @Test
  void aWindowThatIsNotScoredOfItsSensorIsNotScoredTogether() {
    // Given: only one sensor has the windows from 3 on
    apply(packOf(0, "a", "b"));
    apply(packOf(1, "a", "b"));
    apply(packOf(3, "a"));
    apply(packOf(5, "a"));
    List<Long> before = List.of(start(0), start(1));
    assertThat(heard.of(ALL_SENSORS)).extracting(Scored::startMillis).isEqualTo(before);

    // When: one is behind what was scored of its sensor, one is not
    apply(packOf(2, "a", "b"));
    apply(packOf(6, "a"));

    // Then
    assertThat(heard.of("b")).extracting(Scored::startMillis).contains(start(2));
    assertThat(heard.of(ALL_SENSORS)).extracting(Scored::startMillis).isEqualTo(before);
  }

  @Test
  void aRunMadeAgainFromTheSameStateScoresTheSame() {
    // Given
    followOneAnother(0, USUAL);
    DeviceState before = pump;
    byte[] bytes = bytesOf(before);

    // When
    List<Scored> first = scoredFrom(before.ownedBy(new Object()));
    List<Scored> second = scoredFrom(before.ownedBy(new Object()));

    // Then
    assertThat(first).anyMatch(Scored::flagged).isEqualTo(second);
    assertThat(bytesOf(before)).isEqualTo(bytes);
  }

  @Test
  void goesOnAfterARestartAsIfItHadNeverStopped() throws IOException {
    // Given
    followOneAnother(0, USUAL);
    byte[] bytes = bytesOf(pump);
    List<Scored> whole = scoredFrom(pump);

    // When: a restart before, and one while an event is running
    pump = read(bytes);
    heard.all.clear();
    goTheirOwnWays(USUAL, USUAL + 3);
    pump = read(bytesOf(pump));
    goTheirOwnWays(USUAL + 3, USUAL + 6);

    // Then
    assertThat(heard.all).isEqualTo(whole);
    assertThat(bytesOf(read(bytesOf(pump)))).isEqualTo(bytesOf(pump));
  }

  @Test
  void aDeviceWithOneSensorHasNoneAndKeepsNothing() throws IOException {
    for (int i = 0; i < 20; i++) {
      apply(packOf(i, "a"));
    }

    assertThat(heard.of("a")).hasSize(18);
    assertThat(heard.of(ALL_SENSORS)).isEmpty();
    assertThat(fieldsOf(pump)).contains(10).doesNotContain(11);
  }

  @Test
  void aDeviceWhoseSensorsTakeTurnsHasNone() throws IOException {
    for (int i = 0; i < 20; i++) {
      apply(packOf(i, i % 2 == 0 ? "a" : "b"));
    }

    assertThat(heard.of("b")).isNotEmpty();
    assertThat(heard.of(ALL_SENSORS)).isEmpty();
    assertThat(fieldsOf(pump)).doesNotContain(11);
  }

  @Test
  void underAModelOfSingleSeriesItLearnsAndIsNotScored() {
    // Given
    followOneAnother(0, USUAL);
    List<Scored> always = scoredFrom(pump).stream().filter(Scored::isOfAll).toList();

    // When
    pump = new DeviceState(this, PUMP, WindowPlan.of(TREE));
    heard.all.clear();
    heard.judge = SINGLE;
    followOneAnother(0, USUAL);

    // Then
    assertThat(heard.of("a")).isNotEmpty();
    assertThat(heard.of(ALL_SENSORS)).isEmpty();
    heard.judge = JOINT;
    assertThat(scoredFrom(pump).stream().filter(Scored::isOfAll).toList()).isEqualTo(always);
  }

  @Test
  void whereNoScoresAreWantedNothingIsLearnt() throws IOException {
    rules = rulesOf(Scoring.NONE, TREE);

    followOneAnother(0, 20);

    assertThat(heard.all).isEmpty();
    assertThat(fieldsOf(pump)).doesNotContain(11);
  }

  @Test
  void beginsAnewWhereWindowsOfAnotherLengthAreScored() {
    // Given
    followOneAnother(0, USUAL);
    WindowTree alike = treeOf(Duration.ofSeconds(10), Duration.ofMinutes(1));
    WindowTree other = treeOf(Duration.ofSeconds(20));

    // Then
    assertThat(presenceAfter(alike)).isEqualTo(1);
    assertThat(presenceAfter(other)).isZero();
  }

  /** Whether the first instant that the other tree scores was compared with a past. */
  private double presenceAfter(WindowTree tree) {
    DeviceState before = pump;
    heard.all.clear();
    rules = rulesOf(Scoring.SHORTEST, tree);
    pump = pump.adapted(tree, rules).ownedBy(new Object());
    followOneAnother(USUAL, USUAL + 10);
    pump = before;
    String features = heard.of(ALL_SENSORS).get(0).features();
    return Double.parseDouble(features.substring(features.lastIndexOf(' ') + 1));
  }

  /** What a state scores when its sensors go their own ways. */
  private List<Scored> scoredFrom(DeviceState state) {
    DeviceState before = pump;
    heard.all.clear();
    pump = state;
    goTheirOwnWays(USUAL, USUAL + 6);
    pump = before;
    return List.copyOf(heard.all);
  }

  private void followOneAnother(int from, int to) {
    for (int i = from; i < to; i++) {
      double value = Math.sin(i * 1.7) + 0.3 * Math.sin(i * 0.37);
      applyBoth(i, value, 20 + 3 * value + 0.1 * Math.sin(i * 7.3));
    }
  }

  private void goTheirOwnWays(int from, int to) {
    for (int i = from; i < to; i++) {
      double value = i % 2 == 0 ? 0.8 : -0.8;
      applyBoth(i, value, 20 - 3 * value);
    }
  }

  private void applyBoth(int window, double a, double b) {
    PackBuffer pack = new PackBuffer();
    add(pack, "a", window, a);
    add(pack, "b", window, b);
    apply(pack);
  }

  private static PackBuffer packOf(int window, String... sensors) {
    PackBuffer pack = new PackBuffer();
    for (String sensor : sensors) {
      add(pack, sensor, window, 1);
    }
    return pack;
  }

  private static void add(PackBuffer pack, String sensor, int window, double value) {
    pack.add(sensor, "", start(window), value, ValueKind.NUMBER);
  }

  private void apply(PackBuffer pack) {
    pump.apply(pack, pack.timeMillis(pack.size() - 1), rules, heard);
  }

  private static long start(int window) {
    return T0 + window * LENGTH;
  }

  private static byte[] bytesOf(DeviceState state) {
    WireWriter out = new WireWriter();
    state.write(out);
    return out.toByteArray();
  }

  private static DeviceState read(byte[] bytes) throws IOException {
    return DeviceState.read(new WireReader(bytes), TREE).ownedBy(new Object());
  }

  private static List<Integer> fieldsOf(DeviceState state) throws IOException {
    WireReader in = new WireReader(bytesOf(state));
    List<Integer> fields = new ArrayList<>();
    while (in.next()) {
      fields.add(in.field());
      in.skip();
    }
    return fields;
  }

  private static WindowTree treeOf(Duration... lengths) {
    return WindowTree.of(Arrays.stream(lengths).map(WindowSpec::tumbling).toList());
  }

  private static Rules rulesOf(Scoring scoring, WindowTree tree) {
    return new Rules(
        tree.asked(),
        scoring,
        Emission.DEFAULT,
        Duration.ofSeconds(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        new Rules.Silence(Duration.ofSeconds(60), Duration.ofMinutes(15)),
        List.of(),
        new Rules.Limits(10, 4));
  }

  /** A {@link ScoredWindow} that compares. */
  private record Scored(
      String sensor,
      long startMillis,
      String features,
      List<String> suspects,
      boolean flagged,
      int alarms) {
    boolean isOfAll() {
      return sensor.equals(ALL_SENSORS);
    }
  }

  private static final class Heard implements Findings {
    private final List<Scored> all = new ArrayList<>();
    private Model judge = JOINT;

    List<Scored> of(String sensor) {
      return all.stream().filter(scored -> scored.sensor().equals(sensor)).toList();
    }

    @Override
    public void refused(Reason reason, String detail, int readings) {
      throw new AssertionError(detail);
    }

    @Override
    public void stored(long timeMillis, int readings) {}

    @Override
    public void closedWindow(
        DeviceId device,
        String sensor,
        SensorFacts facts,
        WindowPlan plan,
        int level,
        Window window) {}

    @Override
    public Model model() {
      return judge;
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {
      all.add(
          new Scored(
              sensor,
              window.startMillis(),
              Arrays.toString(window.features()).replace("]", ""),
              window.suspects(),
              window.flagged(),
              window.alarms()));
    }
  }
}
