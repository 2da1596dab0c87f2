package io.fieldwatch.benchmark.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.Findings;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.Scoring;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.window.Aggregate;
import io.fieldwatch.stream.window.Window;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The work that is compared, done with Fieldwatch's own decoder and windows: an engine keeps one
 * {@link DeviceState} per key, hands it in with each record, and keeps what comes back.
 *
 * <p>An instance is of one thread, and is not serializable: make it where the engine opens its
 * operator. A state that {@link #apply} returned is changed by the next {@code apply} of the same
 * instance, until {@link #handOver}: what was returned before stays as it was from then on, and is
 * copied where it is touched again. So an engine that keeps objects hands over when it begins a
 * snapshot, or asks for a {@link #copy}; an engine that keeps bytes uses {@link #write} and {@link
 * #read}.
 */
public final class SharedWork {
  private static final double[] P95 = {0.95};

  private final Rules rules;
  private final WindowTree tree;
  private final Decoders decoders = new Decoders(List.of(), PackDecoder.Limits.DEFAULT);
  private final PackBuffer pack = new PackBuffer();
  private final WireWriter writer = new WireWriter();
  private Object owner = new Object();
  private Counts counts = new Counts(0, 0, 0, 0, 0);

  /** What was done so far. */
  public record Counts(long packs, long stored, long duplicates, long late, long refusedPacks) {}

  /**
   * @param window how long the tumbling windows are
   * @param lateness how far a device's watermark stays behind its greatest event time; what is
   *     older is dropped
   */
  public SharedWork(Duration window, Duration lateness) {
    this.rules = rules(window, lateness);
    this.tree = WindowTree.of(rules.windows());
  }

  /** What the job is told when it does this work: no revisions of closed windows. */
  public static Rules rules(Duration window, Duration lateness) {
    return new Rules(
        List.of(WindowSpec.tumbling(window)),
        Scoring.NONE,
        Emission.DEFAULT,
        lateness,
        Duration.ZERO,
        Duration.ofMinutes(5),
        new Rules.Silence(Duration.ofMinutes(1), Duration.ofMinutes(5)),
        List.of(),
        new Rules.Limits(64, 4));
  }

  /**
   * Takes a device's state through one record.
   *
   * @param before null for a device that was not seen before
   * @param key the record's key, {@code site/device}
   * @param value the record's value
   * @param timestampMillis the record's time in Kafka
   * @param closed receives every window that the record closed
   * @return the next state; possibly the same object, changed
   */
  public DeviceState apply(
      @Nullable DeviceState before,
      String key,
      byte[] value,
      long timestampMillis,
      Consumer<WindowRecord> closed) {
    DeviceState device =
        before == null
            ? new DeviceState(owner, DeviceId.parse(key), WindowPlan.of(tree))
            : before.ownedBy(owner);
    try {
      decoders.decode(null, value, device.id(), timestampMillis, pack);
    } catch (PackRejectedException e) {
      device.refuse(timestampMillis, rules);
      counts = plus(0, 0, 0, 1);
      return device;
    }
    DeviceState.Outcome outcome =
        device.apply(pack, timestampMillis, rules, new ClosedWindows(closed));
    counts = plus(outcome.stored(), outcome.duplicate(), outcome.late(), 0);
    return device;
  }

  /** The same for a key in UTF-8. */
  public DeviceState apply(
      @Nullable DeviceState before,
      byte[] key,
      byte[] value,
      long timestampMillis,
      Consumer<WindowRecord> closed) {
    return apply(before, new String(key, UTF_8), value, timestampMillis, closed);
  }

  /** A state in the form of Fieldwatch's snapshots. */
  public byte[] write(DeviceState state) {
    writer.clear();
    state.write(writer);
    return writer.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  public DeviceState read(byte[] bytes) throws IOException {
    return DeviceState.read(new WireReader(bytes), tree);
  }

  /** From now on no state that was returned so far is changed. Costs nothing by itself. */
  public void handOver() {
    owner = new Object();
  }

  /** The same state apart from the given one, by way of its bytes: no call changes both. */
  public DeviceState copy(DeviceState state) {
    try {
      return read(write(state));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot happen in memory", e);
    }
  }

  public Counts counts() {
    return counts;
  }

  private Counts plus(int stored, int duplicates, int late, int refusedPacks) {
    return new Counts(
        counts.packs + 1,
        counts.stored + stored,
        counts.duplicates + duplicates,
        counts.late + late,
        counts.refusedPacks + refusedPacks);
  }

  private record ClosedWindows(Consumer<WindowRecord> closed) implements Findings {
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
      closed.accept(record(sensor, window.startMillis(), window.aggregate()));
    }

    @Override
    public Model model() {
      throw new IllegalStateException("Cannot be asked: the rules want no scores");
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {}
  }

  /** A window of ours as all systems write it. */
  public static WindowRecord record(String sensor, long startMillis, Aggregate aggregate) {
    return new WindowRecord(
        sensor,
        startMillis,
        aggregate.count(),
        aggregate.mean(),
        aggregate.stddev(),
        aggregate.min(),
        aggregate.max(),
        aggregate.quantiles(P95)[0]);
  }
}
