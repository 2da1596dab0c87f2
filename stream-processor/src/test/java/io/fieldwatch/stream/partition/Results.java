package io.fieldwatch.stream.partition;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackDecoder;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs over a log of good and bad devices, with all that they hand over. */
final class Results implements Output {
  static final int SENSORS = 50;
  static final int EPOCHS = 4;

  static final Rules RULES =
      new Rules(
          List.of(
              WindowSpec.tumbling(Duration.ofSeconds(10)),
              WindowSpec.tumbling(Duration.ofMinutes(1)),
              WindowSpec.sliding(Duration.ofMinutes(5), Duration.ofMinutes(1)),
              WindowSpec.tumbling(Duration.ofHours(1))),
          Scoring.SHORTEST,
          Emission.DEFAULT,
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          new Rules.Silence(Duration.ofMinutes(1), Duration.ofMinutes(15)),
          List.of(),
          new Rules.Limits(SENSORS, EPOCHS));

  private static final Model MODEL = Nowhere.joint();

  private final Map<String, String> windows = new TreeMap<>();
  private final Map<String, Long> stored = new TreeMap<>();
  private final Map<Reason, Integer> refusals = new EnumMap<>(Reason.class);
  private final Map<Reason, Integer> refusedReadings = new EnumMap<>(Reason.class);
  private final Set<String> details = new TreeSet<>();
  private RunCounts counts = RunCounts.NONE;
  private PartitionState state;

  Results() {
    this(PartitionState.empty(WindowTree.of(RULES.windows()), 0, 0));
  }

  Results(PartitionState state) {
    this.state = state;
  }

  void apply(List<LogRecord> records) {
    PartitionRun run =
        new PartitionRun(state, RULES, new Decoders(List.of(), PackDecoder.Limits.DEFAULT), this);
    records.forEach(run::accept);
    run.publishOpenWindows(Integer.MAX_VALUE);
    run.publishDevices();
    state = run.finish(0);
    counts = counts.plus(run.counts());
  }

  /** Goes on from another state, as after a restart. */
  void restart(PartitionState from) {
    state = from;
  }

  PartitionState state() {
    return state;
  }

  RunCounts counts() {
    return counts;
  }

  /** How many records, or parts of records, were refused for each reason. */
  Map<Reason, Integer> refusals() {
    return refusals;
  }

  /** Each sentence that was given with a refusal. */
  Set<String> details() {
    return details;
  }

  /** All that was handed over of a device's windows and scores, the last value of each. */
  Map<String, String> windowsOf(String device) {
    Map<String, String> some = new TreeMap<>(windows);
    some.keySet().removeIf(key -> !key.startsWith(device + "/"));
    return some;
  }

  /** All that was handed over of windows and scores, the last value of each. */
  Map<String, String> all() {
    return windows;
  }

  /** How many readings are in the windows of a length. */
  long storedInWindows(String length) {
    return stored.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(" " + length))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many readings were refused for a reason. */
  int quarantined(Reason reason) {
    return refusedReadings.getOrDefault(reason, 0);
  }

  DeviceState device(String key) {
    return state.devices().stream()
        .filter(device -> device.id().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** What became of the device's readings, all epochs together. */
  Account account(String key) {
    Account account = new Account(0, 0, 0, 0, 0);
    for (EpochLedger ledger : device(key).ledgers()) {
      account =
          account.plus(
              new Account(
                  ledger.stored(),
                  ledger.late(),
                  ledger.quarantined(),
                  ledger.duplicateReadings(),
                  ledger.refusedPacks()));
    }
    return account;
  }

  /** Readings by what became of them, and the packs whose readings nobody knows. */
  record Account(long stored, long late, long quarantined, long duplicate, long refusedPacks) {
    Account plus(Account other) {
      return new Account(
          stored + other.stored,
          late + other.late,
          quarantined + other.quarantined,
          duplicate + other.duplicate,
          refusedPacks + other.refusedPacks);
    }
  }

  /** What the state is when it is written. */
  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      StateFile.write(state, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
    Aggregate values = window.aggregate();
    String key =
        "%s/%s %d %s".formatted(device, sensor, window.startMillis(), window.spec().name());
    stored.put(key, values.count());
    windows.put(
        key,
        "%d %s %s %s %s %s %s %s %s %s %d %d %d"
            .formatted(
                values.count(),
                values.mean(),
                values.stddev(),
                values.min(),
                values.max(),
                values.first(),
                values.last(),
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
    windows.put(
        "%s/%s %d score".formatted(device, sensor, window.startMillis()),
        window.alarms() + Arrays.toString(window.features()) + window.suspects());
  }

  @Override
  public void stored(long timeMillis, int readings) {}

  @Override
  public void device(DeviceState device) {}

  @Override
  public void quarantine(LogRecord record, Reason reason, String detail, int readings) {
    refusals.merge(reason, 1, Integer::sum);
    details.add(detail);
    refusedReadings.merge(reason, Math.max(0, readings), Integer::sum);
  }
}
