package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.EpochLedger;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.Scoring;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.window.Aggregate;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every log, however it is cut into runs. */
class PartitionRunTest {
  private static final Model MODEL = Nowhere.joint();
  private static final long T0 = 1_700_000_000_000L;
  private static final WindowSpec TEN_SECONDS = WindowSpec.tumbling(Duration.ofSeconds(10));
  private static final WindowSpec MINUTE = WindowSpec.tumbling(Duration.ofMinutes(1));
  private static final WindowSpec FIVE_MINUTES = WindowSpec.tumbling(Duration.ofMinutes(5));
  private static final WindowSpec SLIDING =
      WindowSpec.sliding(Duration.ofMinutes(1), Duration.ofSeconds(20));
  private static final WindowSpec FIFTEEN_SECONDS = WindowSpec.tumbling(Duration.ofSeconds(15));
  private static final Rules RULES = rules(TEN_SECONDS, MINUTE, SLIDING, FIVE_MINUTES);

  @Property(tries = 60)
  void resultsDoNotDependOnWhereTheLogIsCut(
      @ForAll("logs") List<LogRecord> log, @ForAll @DoubleRange(min = 0, max = 1) double cutting) {
    // Given
    Run whole = new Run();
    whole.apply(log);

    // When
    Run pieces = new Run();
    Random cuts = new Random(Double.doubleToLongBits(cutting));
    int from = 0;
    for (int to = 1; to <= log.size(); to++) {
      if (cuts.nextDouble() < cutting || to == log.size()) {
        pieces.apply(log.subList(from, to));
        from = to;
      }
    }

    // Then
    assertThat(pieces.windows).isEqualTo(whole.windows);
    assertThat(pieces.scores).isEqualTo(whole.scores);
    assertThat(pieces.refusals).isEqualTo(whole.refusals);
    assertThat(bytes(pieces.state)).isEqualTo(bytes(whole.state));
  }

  @Property(tries = 60)
  void resultsDoNotDependOnHowManyClosedWindowsAreHandedOverTogether(
      @ForAll("logs") List<LogRecord> log, @ForAll @IntRange(min = 1, max = 20) int together) {
    // Given
    Run whole = new Run();
    whole.apply(log);

    // When
    Run pieces = new Run();
    pieces.handedOverTogether = together;
    pieces.apply(log);

    // Then
    assertThat(pieces.windows).isEqualTo(whole.windows);
    assertThat(pieces.scores).isEqualTo(whole.scores);
    assertThat(bytes(pieces.state)).isEqualTo(bytes(whole.state));
  }

  @Property(tries = 60)
  void aRunMadeAgainFromTheSameStateGivesTheSameAndLeavesThatStateAlone(
      @ForAll("logs") List<LogRecord> log) {
    // Given
    Run first = new Run();
    first.apply(log.subList(0, log.size() / 2));
    byte[] before = bytes(first.state);
    List<LogRecord> rest = log.subList(log.size() / 2, log.size());

    // When
    Run again = new Run(first.state);
    again.apply(rest);
    Run oncemore = new Run(first.state);
    oncemore.apply(rest);

    // Then
    assertThat(bytes(first.state)).isEqualTo(before);
    assertThat(oncemore.windows).isEqualTo(again.windows);
    assertThat(oncemore.scores).isEqualTo(again.scores);
    assertThat(bytes(oncemore.state)).isEqualTo(bytes(again.state));
  }

  @Property(tries = 60)
  void aRunMadeAgainHandsOverOnceMoreWhatRunsBeforeItHadNot(@ForAll("logs") List<LogRecord> log) {
    // Given a state whose open windows nobody has seen yet
    Run first = new Run();
    first.applyUnseen(log);

    // When
    Run again = new Run(first.state);
    again.apply(List.of());
    Run oncemore = new Run(first.state);
    oncemore.apply(List.of());

    // Then
    assertThat(again.windows).isNotEmpty();
    assertThat(oncemore.windows).isEqualTo(again.windows);
  }

  @Property(tries = 20)
  void aRunMadeAgainHandsOverOnceMoreTheLedgersThatRunsBeforeItHadNot(
      @ForAll("logs") List<LogRecord> log) {
    // Given a state whose ledgers nobody has seen yet
    Run first = new Run();
    first.applyUnseen(log);

    // When
    Run again = new Run(first.state);
    again.publishDevices();
    Run oncemore = new Run(first.state);
    oncemore.publishDevices();

    // Then
    assertThat(again.changedLedgers).isNotEmpty();
    assertThat(oncemore.changedLedgers).isEqualTo(again.changedLedgers);
  }

  @Property(tries = 60)
  void aRestoredStateGoesOnLikeTheOriginalAndPassesOverWhatItContains(
      @ForAll("logs") List<LogRecord> log) throws IOException {
    // Given
    Run original = new Run();
    original.apply(log.subList(0, log.size() / 2));
    PartitionState restored = StateFile.read(new ByteArrayInputStream(bytes(original.state)));

    // When
    original.apply(log.subList(log.size() / 2, log.size()));
    Run recovered = new Run(restored);
    recovered.apply(log);

    // Then
    recovered.windows.forEach(
        (key, value) -> assertThat(original.windows).containsEntry(key, value));
    assertThat(bytes(recovered.state)).isEqualTo(bytes(original.state));
  }

  @Property(tries = 60)
  void everyReadingIsAccountedForAndStoredOnesAreInOneWindowOfEachLength(
      @ForAll("logs") List<LogRecord> log) {
    // Given
    Run run = new Run();

    // When
    run.apply(log);

    // Then
    long received = run.seen.values().stream().mapToLong(Integer::longValue).sum();
    long stored = 0;
    long refused = 0;
    for (DeviceState device : run.state.devices()) {
      for (EpochLedger ledger : device.ledgers()) {
        stored += ledger.stored();
        refused += ledger.late() + ledger.quarantined();
      }
    }
    assertThat(stored + refused).isEqualTo(received);
    assertThat(run.storedReadings).isEqualTo(stored);
    assertThat(run.countOf("10s")).isEqualTo(stored);
    assertThat(run.countOf("1m")).isEqualTo(stored);
    assertThat(run.countOf("5m")).isEqualTo(stored);
    assertThat(run.countOf("1m/20s")).isEqualTo(3 * stored);
  }

  @Property(tries = 60)
  void everyWindowIsWhatItsReadingsComeToWhenTheyAreTakenTogether(
      @ForAll("logs") List<LogRecord> log) throws PackRejectedException {
    // Given
    Run run = new Run();
    run.apply(log);

    // When
    PlainOracle oracle = new PlainOracle(RULES);
    oracle.apply(log);

    // Then
    assertThat(run.counts).isEqualTo(oracle.counts());
    assertThat(run.exact).isEqualTo(oracle.exact());
    oracle
        .means()
        .forEach((key, mean) -> assertThat(run.means.get(key)).isCloseTo(mean, within(1e-9)));
  }

  @Property(tries = 40)
  void windowsThatTwoPlansShareAreTheSameAfterAChangeOfPlanAndBack(
      @ForAll("logs") List<LogRecord> log, @ForAll @DoubleRange(min = 0, max = 1) double place) {
    // Given
    Rules other = rules(TEN_SECONDS, FIFTEEN_SECONDS, MINUTE, FIVE_MINUTES);
    Run whole = new Run();
    whole.apply(log);
    int there = (int) (place * log.size() / 2);
    int back = there + (log.size() - there) / 2;

    // When
    Run first = new Run();
    first.apply(log.subList(0, there));
    Run second = new Run(restored(first.state).adapted(other), other);
    second.apply(log.subList(there, back));
    Run third = new Run(restored(second.state).adapted(RULES), RULES);
    third.apply(log.subList(back, log.size()));

    // Then
    Map<String, Long> counts = new TreeMap<>(first.counts);
    counts.putAll(second.counts);
    counts.putAll(third.counts);
    for (String shared : List.of(" 10s", " 1m", " 5m")) {
      assertThat(only(shared, counts)).isEqualTo(only(shared, whole.counts));
    }
    Map<String, String> scores = new TreeMap<>(first.scores);
    scores.putAll(second.scores);
    scores.putAll(third.scores);
    assertThat(scores).containsOnlyKeys(whole.scores.keySet());
  }

  @Property(tries = 40)
  void windowsOfANewKindAreCompleteOrNotThere(
      @ForAll("logs") List<LogRecord> log, @ForAll @DoubleRange(min = 0, max = 1) double place)
      throws PackRejectedException {
    // Given
    WindowSpec threeMinutes = WindowSpec.tumbling(Duration.ofMinutes(3));
    Rules before = rules(TEN_SECONDS, MINUTE);
    Rules after = rules(TEN_SECONDS, FIFTEEN_SECONDS, MINUTE, threeMinutes);
    int cut = (int) (place * log.size());
    Run first = new Run(PartitionState.empty(WindowTree.of(before.windows()), 0, 0), before);
    first.apply(log.subList(0, cut));

    // When
    Run second = new Run(restored(first.state).adapted(after), after);
    second.apply(log.subList(cut, log.size()));

    // Then
    PlainOracle oracle = new PlainOracle(after);
    oracle.apply(log);
    for (String added : List.of(" 15s", " 3m")) {
      only(added, second.counts)
          .forEach((key, count) -> assertThat(oracle.counts()).containsEntry(key, count));
    }
  }

  private static Rules rules(WindowSpec... windows) {
    return new Rules(
        List.of(windows),
        Scoring.SHORTEST,
        Emission.DEFAULT,
        Duration.ofSeconds(5),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        new Rules.Silence(Duration.ofMinutes(1), Duration.ofMinutes(15)),
        List.of(),
        new Rules.Limits(3, 4));
  }

  private static PartitionState restored(PartitionState state) {
    try {
      return StateFile.read(new ByteArrayInputStream(bytes(state)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <V> Map<String, V> only(String ending, Map<String, V> all) {
    Map<String, V> some = new TreeMap<>(all);
    some.keySet().removeIf(key -> !key.endsWith(ending));
    return some;
  }

  /**
   * Two devices with their own clocks; late, early, repeated and reordered packs among the rest.
   */
  @Provide
  Arbitrary<List<LogRecord>> logs() {
    return Arbitraries.longs()
        .tuple2()
        .map(seeds -> log(new Random(seeds.get1()), 20 + new Random(seeds.get2()).nextInt(200)));
  }

  private static List<LogRecord> log(Random random, int packs) {
    List<LogRecord> log = new ArrayList<>();
    long[] clocks = {T0, T0 - Duration.ofHours(6).toMillis()};
    long[] seqs = {0, 0};
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < packs; i++) {
      int device = random.nextInt(2);
      DeviceId id = new DeviceId("lab", "d" + device);
      clocks[device] += random.nextInt(8000);
      byte[] value;
      if (random.nextInt(10) == 0 && !sent.isEmpty()) {
        log.add(record(log.size(), clocks[device], sent.get(random.nextInt(sent.size()))));
        continue;
      }
      List<Reading> readings = new ArrayList<>();
      for (int r = random.nextInt(12); r >= 0; r--) {
        long time = clocks[device] - random.nextInt(3000);
        time -= random.nextInt(8) == 0 ? random.nextInt(300_000) : 0;
        time += random.nextInt(40) == 0 ? Duration.ofDays(1).toMillis() : 0;
        readings.add(new Reading("s" + random.nextInt(4), time, random.nextGaussian(), "Cel"));
      }
      seqs[device] += 1 + (random.nextInt(20) == 0 ? 1 : 0);
      value =
          SenmlWriter.toJson(
              new Pack(
                  id, Optional.of(new PackId("e" + random.nextInt(2), seqs[device])), readings));
      sent.add(value);
      log.add(record(log.size(), clocks[device], value));
    }
    return log;
  }

  private static LogRecord record(long offset, long ingest, byte[] value) {
    String text = new String(value, UTF_8);
    String key = text.contains("lab/d0/") ? "lab/d0" : "lab/d1";
    return new LogRecord(offset, ingest, null, LogRecord.Delivery.LIVE, key.getBytes(UTF_8), value);
  }

  private static byte[] bytes(PartitionState state) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      StateFile.write(state, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A sequence of runs over a log, with all that they hand over, the last value under each key. */
  private static final class Run implements Output {
    private PartitionState state;
    private final Rules rules;
    private int handedOverTogether = Integer.MAX_VALUE;
    private final Map<String, String> windows = new TreeMap<>();
    private final Map<String, Double> means = new TreeMap<>();
    private final Map<String, String> exact = new TreeMap<>();
    private long storedReadings;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, String> scores = new TreeMap<>();
    private final List<String> refusals = new ArrayList<>();

    /** Devices whose ledgers were handed over when they had changed. */
    private final Set<String> changedLedgers = new TreeSet<>();

    /** Readings of each different pack. */
    private final Map<String, Integer> seen = new TreeMap<>();

    Run() {
      this(PartitionState.empty(WindowTree.of(RULES.windows()), 0, 0));
    }

    Run(PartitionState state) {
      this(state, RULES);
    }

    Run(PartitionState state, Rules rules) {
      this.state = state;
      this.rules = rules;
    }

    void apply(List<LogRecord> records) {
      PartitionRun run = accepted(records);
      run.publishOpenWindows(Integer.MAX_VALUE);
      run.publishDevices();
      state = run.finish(0);
    }

    /** As a run that comes before the next time at which open windows and devices are due. */
    void applyUnseen(List<LogRecord> records) {
      state = accepted(records).finish(0);
    }

    /** As a run without records, at a time at which devices are due and open windows are not. */
    void publishDevices() {
      PartitionRun run = accepted(List.of());
      run.publishDevices();
      state = run.finish(0);
    }

    private PartitionRun accepted(List<LogRecord> records) {
      PartitionRun run =
          new PartitionRun(
              state,
              rules,
              new Decoders(List.of(), PackDecoder.Limits.DEFAULT),
              this,
              handedOverTogether);
      for (LogRecord record : records) {
        run.accept(record);
        seen.put(
            new String(record.value(), UTF_8),
            new String(record.value(), UTF_8).split("\"n\"", -1).length - 1);
      }
      return run;
    }

    long countOf(String length) {
      return counts.entrySet().stream()
          .filter(entry -> entry.getKey().endsWith(" " + length))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
      Aggregate values = window.aggregate();
      String key =
          "%s/%s %d %s".formatted(device, sensor, window.startMillis(), window.spec().name());
      counts.put(key, values.count());
      means.put(key, values.mean());
      exact.put(
          key, "%s %s %s %s".formatted(values.min(), values.max(), values.first(), values.last()));
      windows.put(
          key,
          "%d %s %s %s %s %s %s %d %d %d"
              .formatted(
                  values.count(),
                  values.mean(),
                  values.stddev(),
                  exact.get(key),
                  Arrays.toString(values.quantiles(0.5, 0.95, 0.99)),
                  facts,
                  window.isFinal(),
                  window.revision(),
                  window.late(),
                  window.duplicate()));
    }

    @Override
    public Model model() {
      return MODEL;
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {
      String key = "%s/%s %d".formatted(device, sensor, window.startMillis());
      assertThat(scores).doesNotContainKey(key);
      scores.put(
          key,
          "%s %s %d"
              .formatted(Arrays.toString(window.features()), window.suspects(), window.alarms()));
    }

    @Override
    public void stored(long timeMillis, int readings) {
      storedReadings += readings;
    }

    @Override
    public void device(DeviceState device) {
      assertThat(device.ledgers()).isNotEmpty();
      if (device.hasUnpublishedLedger()) {
        changedLedgers.add(device.id().key());
      }
    }

    @Override
    public void quarantine(LogRecord record, Reason reason, String detail, int readings) {
      refusals.add(record.offset() + " " + reason + " " + detail);
    }
  }
}
