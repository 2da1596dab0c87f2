package io.fieldwatch.stream.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.SensorWindows;
import io.fieldwatch.stream.window.Window;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceStateTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final DeviceId PUMP = new DeviceId("plant-1", "pump-7");
  private static final WindowSpec TEN_SECONDS = WindowSpec.tumbling(Duration.ofSeconds(10));
  private static final WindowTree TREE = WindowTree.of(List.of(TEN_SECONDS));
  private static final Rules RULES = withScores(Scoring.SHORTEST);

  private final Heard heard = new Heard();
  private Rules rules = RULES;
  private DeviceState pump = new DeviceState(this, PUMP, WindowPlan.of(TREE));

  @Test
  void isOnlineThenSilentThenOffline() {
    apply("e1", 1, T0, 1);

    assertThat(pump.presence(T0 + 60_000, RULES)).isEqualTo(Presence.ONLINE);
    assertThat(pump.presence(T0 + 61_000, RULES)).isEqualTo(Presence.SILENT);
    assertThat(pump.presence(T0 + 15 * 60_000, RULES)).isEqualTo(Presence.OFFLINE);
  }

  @Test
  void aSensorThatIsReadSeldomMayBeSilentForLonger() {
    pump.announce(status(DeviceStatus.State.ONLINE, T0, Duration.ofMinutes(1)), T0, RULES);

    assertThat(pump.presence(T0 + 299_000, RULES)).isEqualTo(Presence.ONLINE);
    assertThat(pump.presence(T0 + 301_000, RULES)).isEqualTo(Presence.SILENT);
  }

  @Test
  void aLastWillTakesItOfflineUntilItIsHeardOfAgain() {
    pump.announce(status(DeviceStatus.State.OFFLINE, T0, Duration.ofSeconds(1)), T0, RULES);
    assertThat(pump.presence(T0 + 1, RULES)).isEqualTo(Presence.OFFLINE);

    apply("e1", 1, T0 + 5_000, 1);

    assertThat(pump.presence(T0 + 5_001, RULES)).isEqualTo(Presence.ONLINE);
  }

  @Test
  void knowsHowFarTheDevicesClockIsAheadAndWhatWaitsInItsSpool() {
    pump.announce(status(DeviceStatus.State.ONLINE, T0 + 4_000, Duration.ofSeconds(1)), T0, RULES);

    assertThat(pump.clockOffsetMillis()).isEqualTo(4_000);
    assertThat(pump.backlogPacks()).isEqualTo(3);
    assertThat(pump.backlogReadings()).isEqualTo(30);
  }

  @Test
  void expectsAsManyReadingsAsTheAnnouncedIntervalGives() {
    pump.announce(status(DeviceStatus.State.ONLINE, T0, Duration.ofSeconds(2)), T0, RULES);
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);

    assertThat(heard.closed).hasSize(1);
    assertThat(heard.facts.get(0).expected(TEN_SECONDS)).isEqualTo(5);
  }

  @Test
  void expectsNothingOfASensorThatWasNotAnnounced() {
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);

    assertThat(heard.facts.get(0).expected(TEN_SECONDS)).isNaN();
  }

  @Test
  void aRetainedStatusSaysNothingOfNow() {
    pump.introduce(
        status(DeviceStatus.State.ONLINE, T0 - 86_400_000, Duration.ofSeconds(2)), RULES);
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);

    assertThat(pump.clockOffsetMillis()).isZero();
    assertThat(pump.presence(T0 + 200_000, RULES)).isEqualTo(Presence.SILENT);
    assertThat(heard.facts.get(0).expected(TEN_SECONDS)).isEqualTo(5);
  }

  @Test
  void aDeviceThatOnlyARetainedStatusSpeaksOfIsOfflineUntilItIsHeardOf() {
    // Given
    pump.introduce(status(DeviceStatus.State.ONLINE, T0, Duration.ofSeconds(2)), RULES);
    assertThat(pump.presence(T0 + 1, RULES)).isEqualTo(Presence.OFFLINE);

    // When
    apply("e1", 1, T0 + 5_000, 1);

    // Then
    assertThat(pump.presence(T0 + 5_001, RULES)).isEqualTo(Presence.ONLINE);
  }

  @Test
  void aRetainedStatusThatComesAfterALiveOneChangesNothing() {
    pump.announce(status(DeviceStatus.State.ONLINE, T0 + 4_000, Duration.ofSeconds(1)), T0, RULES);
    pump.introduce(
        status(DeviceStatus.State.ONLINE, T0 - 86_400_000, Duration.ofSeconds(2)), RULES);
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);

    assertThat(pump.clockOffsetMillis()).isEqualTo(4_000);
    assertThat(heard.facts.get(0).expected(TEN_SECONDS)).isEqualTo(10);
  }

  @Test
  void announcedSensorsBeyondTheBoundArePassedOver() {
    // Given
    List<DeviceStatus.Sensor> sensors = new ArrayList<>();
    for (int i = 0; i < RULES.limits().sensors(); i++) {
      sensors.add(new DeviceStatus.Sensor("s" + i, "", Duration.ofSeconds(1)));
    }
    sensors.add(new DeviceStatus.Sensor("temperature", "", Duration.ofSeconds(1)));

    // When
    pump.announce(
        new DeviceStatus(
            DeviceStatus.State.ONLINE, "birth", "e1", "1.0", T0, Optional.empty(), sensors),
        T0,
        RULES);
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);

    // Then
    assertThat(heard.facts.get(0).expected(TEN_SECONDS)).isNaN();
  }

  @Test
  void scoresWindowsOnlyWhereItIsAskedTo() {
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);
    assertThat(heard.scored).isEqualTo(1);

    rules = withScores(Scoring.NONE);
    apply("e1", 3, T0 + 40_000, 1);

    assertThat(heard.closed).hasSize(2);
    assertThat(heard.scored).isEqualTo(1);
  }

  @Test
  void countsEpochsThatTakeTurnsWhichMeansTwoDevicesWithOneId() {
    apply("e1", 1, T0, 1);
    apply("e2", 1, T0, 1);
    assertThat(pump.epochReturns()).isZero();

    apply("e1", 2, T0, 1);
    apply("e2", 2, T0, 1);

    assertThat(pump.epochReturns()).isEqualTo(2);
  }

  @Test
  void anOpenWindowIsHandedOverWhenItHasChangedAndIsNotFinal() {
    // Given
    apply("e1", 1, T0, 1);
    List<WindowResult> open = new ArrayList<>();

    // When
    pump.publishOpenWindows(1, (device, sensor, facts, window) -> open.add(window));

    // Then
    assertThat(open).hasSize(1);
    assertThat(open.get(0).startMillis()).isEqualTo(T0);
    assertThat(open.get(0).isFinal()).isFalse();
    assertThat(pump.hasUnpublishedWindows(1)).isFalse();

    // When another reading comes, and then one that closes the window
    apply("e1", 2, T0 + 1_000, 1);
    assertThat(pump.hasUnpublishedWindows(1)).isTrue();
    apply("e1", 3, T0 + 20_000, 1);

    // Then
    assertThat(heard.lastClosed().isFinal()).isTrue();
    assertThat(heard.lastClosed().aggregate().count()).isEqualTo(2);
  }

  @Test
  void aReadingForAClosedWindowIsARevisionAndLate() {
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);

    apply("e1", 3, T0 + 1_000, 2);

    WindowResult revised = heard.lastClosed();
    assertThat(revised.aggregate().count()).isEqualTo(2);
    assertThat(revised.revision()).isEqualTo(1);
    assertThat(revised.late()).isEqualTo(1);
  }

  @Test
  void aPackThatComesAgainIsCountedInTheWindowsItLiesIn() {
    apply("e1", 1, T0, 1);
    apply("e1", 2, T0 + 20_000, 1);

    apply("e1", 1, T0, 1);

    WindowResult recounted = heard.lastClosed();
    assertThat(recounted.aggregate().count()).isEqualTo(1);
    assertThat(recounted.duplicate()).isEqualTo(1);
    assertThat(recounted.revision()).isZero();
  }

  @Test
  void aPackThatWasOvertakenCountsWhenItComesAndOnlyOnce() {
    // Given
    apply("e1", 1, T0, 1);
    apply("e1", 3, T0 + 2_000, 1);

    // When
    apply("e1", 2, T0 + 1_000, 1);
    apply("e1", 2, T0 + 1_000, 1);

    // Then
    EpochLedger ledger = pump.ledgers().iterator().next();
    assertThat(ledger.stored()).isEqualTo(3);
    assertThat(ledger.duplicatePacks()).isEqualTo(1);
    assertThat(ledger.seqs().missing()).isZero();
  }

  @Test
  void aSeqOfAnotherEpochIsAnotherPack() {
    // Given
    apply("e1", 1, T0, 1);

    // When
    apply("e2", 1, T0 + 1_000, 1);
    apply("e1", 1, T0, 1);

    // Then
    assertThat(pump.ledgers()).extracting(EpochLedger::stored).containsExactly(1L, 1L);
    assertThat(pump.ledgers())
        .extracting(EpochLedger::duplicatePacks)
        .containsExactlyInAnyOrder(0L, 1L);
  }

  @Test
  void aRuleMakesASensorACounter() {
    applyOf("energy_total", 1, T0, 100);
    applyOf("energy_total", 2, T0 + 1_000, 130);
    applyOf("energy_total", 3, T0 + 2_000, 10);
    applyOf("energy_total", 4, T0 + 20_000, 20);

    WindowResult closed = heard.lastClosed();
    assertThat(heard.facts.get(0).kind()).isEqualTo(SensorKind.COUNTER);
    assertThat(closed.aggregate().increase()).isEqualTo(40);
    assertThat(closed.aggregate().steps()).isEqualTo(1);
    assertThat(closed.aggregate().ratePerSecond()).isEqualTo(20);
  }

  @Test
  void anEventRaisesOneAlarmAlsoAcrossARestart() throws IOException {
    // Given: a model that flags every window which is not usual
    heard.judge = new Model("m", 0.9, -3, 4, List.of(new Weight("level.surprise", 0, 1, 3)));
    int usual = 500;
    for (int i = 0; i < usual; i++) {
      apply("e1", i + 1, T0 + i * 10_000L, Math.sin(i));
    }
    assertThat(heard.alarms).isZero();

    // When
    for (int i = usual; i < usual + 4; i++) {
      apply("e1", i + 1, T0 + i * 10_000L, 500);
      WireWriter out = new WireWriter();
      pump.write(out);
      pump = DeviceState.read(new WireReader(out.toByteArray()), TREE).ownedBy(this);
    }

    // Then: the last window is still open
    assertThat(heard.scored).isEqualTo(usual + 2);
    assertThat(heard.alarms).isEqualTo(1);
  }

  @Test
  void whatBecomesWorseRaisesAnAlarmByTheRuleThatIsAskedFor() {
    assertThat(alarmsOfWhatBecomesWorse(Emission.Rule.RECORD_HIGH)).isEqualTo(2);
    assertThat(alarmsOfWhatBecomesWorse(Emission.Rule.HYSTERESIS)).isEqualTo(1);
  }

  /** Of a usual time, an unusual window, and a worse one when the first has been told long ago. */
  private int alarmsOfWhatBecomesWorse(Emission.Rule rule) {
    rules = withScores(Scoring.SHORTEST, Emission.DEFAULT.by(rule));
    pump = new DeviceState(this, pump.id(), WindowPlan.of(TREE));
    heard.alarms = 0;
    heard.judge = new Model("m", 0.9, -3, 4, List.of(new Weight("level.surprise", 0, 1, 3)));
    int unusual = 500;
    int worse = unusual + Emission.DEFAULT.quietWindows();
    for (int i = 0; i < worse + 3; i++) {
      double value = i == unusual ? 10 : i == worse ? 500 : Math.sin(i);
      apply("e1", i + 1, T0 + i * 10_000L, value);
    }
    return heard.alarms;
  }

  @Test
  void readsWhatItWrote() throws IOException {
    pump.announce(status(DeviceStatus.State.ONLINE, T0 + 7, Duration.ofSeconds(2)), T0, RULES);
    apply("e1", 1, T0, 1);
    apply("e2", 1, T0 + 20_000, 1);
    apply("e1", 2, T0 + 21_000, 1);
    WireWriter out = new WireWriter();
    pump.write(out);

    DeviceState read = DeviceState.read(new WireReader(out.toByteArray()), TREE);

    WireWriter again = new WireWriter();
    read.write(again);
    assertThat(again.toByteArray()).isEqualTo(out.toByteArray());
    assertThat(read.epochReturns()).isEqualTo(1);
    assertThat(read.clockOffsetMillis()).isEqualTo(7);
  }

  private void apply(String epoch, long seq, long time, double value) {
    apply(new PackId(epoch, seq), new Reading("temperature", time, value, "Cel"));
  }

  private void applyOf(String sensor, long seq, long time, double value) {
    apply(new PackId("e1", seq), new Reading(sensor, time, value, ""));
  }

  private void apply(PackId id, Reading reading) {
    PackBuffer pack = new PackBuffer();
    byte[] bytes = SenmlWriter.toJson(new Pack(PUMP, Optional.of(id), List.of(reading)));
    try {
      new PackDecoder(PackDecoder.Limits.DEFAULT).decode(bytes, PUMP, reading.timeMillis(), pack);
    } catch (PackRejectedException e) {
      throw new IllegalStateException(e);
    }
    pump.apply(pack, reading.timeMillis(), rules, heard);
  }

  private static Rules withScores(Scoring scoring) {
    return withScores(scoring, Emission.DEFAULT);
  }

  private static Rules withScores(Scoring scoring, Emission emission) {
    return new Rules(
        TREE.asked(),
        scoring,
        emission,
        Duration.ofSeconds(5),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        new Rules.Silence(Duration.ofSeconds(60), Duration.ofMinutes(15)),
        List.of(new SensorRule("plant-*/*/energy_*", SensorKind.COUNTER)),
        new Rules.Limits(10, 4));
  }

  private static DeviceStatus status(DeviceStatus.State state, long time, Duration interval) {
    return new DeviceStatus(
        state,
        "heartbeat",
        "e1",
        "1.0",
        time,
        Optional.of(new DeviceStatus.Counts(100, 10, 7, 70, 0, 3, 30)),
        List.of(new DeviceStatus.Sensor("temperature", "Cel", interval)));
  }

  private static final class Heard implements Findings {
    private final List<Window> closed = new ArrayList<>();
    private final List<SensorFacts> facts = new ArrayList<>();
    private Model judge = new Model("never-flags", 1, 0, 1, List.of());
    private int scored;
    private int alarms;

    /** As it stands when the pack is through. */
    WindowResult lastClosed() {
      return SensorWindows.result(WindowPlan.of(TREE), 0, closed.get(closed.size() - 1));
    }

    @Override
    public void refused(Reason reason, String detail, int readings) {}

    @Override
    public void stored(long timeMillis, int readings) {}

    @Override
    public void closedWindow(
        DeviceId device,
        String sensor,
        SensorFacts facts,
        WindowPlan plan,
        int level,
        Window window) {
      closed.add(window);
      this.facts.add(facts);
    }

    @Override
    public Model model() {
      return judge;
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {
      scored++;
      alarms += window.alarms();
    }
  }
}
