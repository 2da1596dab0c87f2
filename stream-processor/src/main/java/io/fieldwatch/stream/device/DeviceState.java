package io.fieldwatch.stream.device;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.stream.window.WindowAggregate;
import io.fieldwatch.stream.window.WindowSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one device: its clock, its sensors' windows and its ledger. Not thread safe.
 *
 * <p>Owned like {@link WindowAggregate}: a run asks for {@link #ownedBy} before it changes
 * anything, so a state that was handed over stays as it was and a repeated task starts from the
 * same place.
 *
 * <p>Every decision here is a function of the packs in the order of the log, of their own times and
 * of their ingest times: never of the wall clock, nor of where a batch begins. The watermark is the
 * greatest accepted event time minus the lateness; it moves after a whole pack, because the
 * readings of one pack need not be in order.
 */
public final class DeviceState {
  private static final long NEVER = Long.MIN_VALUE;

  private final Object owner;
  private final DeviceId id;
  private final Map<String, EpochLedger> epochs;
  private final Map<String, SensorState> sensors;
  private long greatestMillis = NEVER;
  private long lastIngestMillis = NEVER;
  private long nextEndMillis = Long.MAX_VALUE;
  private boolean unpublishedWindows;
  private boolean unpublishedLedger;

  public DeviceState(Object owner, DeviceId id) {
    this(owner, id, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private DeviceState(
      Object owner,
      DeviceId id,
      Map<String, EpochLedger> epochs,
      Map<String, SensorState> sensors) {
    this.owner = owner;
    this.id = id;
    this.epochs = epochs;
    this.sensors = sensors;
  }

  /** This state if the owner made it, else a copy that belongs to the owner. */
  public DeviceState ownedBy(Object newOwner) {
    if (owner == newOwner) {
      return this;
    }
    DeviceState copy =
        new DeviceState(newOwner, id, new LinkedHashMap<>(epochs), new LinkedHashMap<>(sensors));
    copy.greatestMillis = greatestMillis;
    copy.lastIngestMillis = lastIngestMillis;
    copy.nextEndMillis = nextEndMillis;
    copy.unpublishedWindows = unpublishedWindows;
    copy.unpublishedLedger = unpublishedLedger;
    return copy;
  }

  public DeviceId id() {
    return id;
  }

  /** The greatest event time of a stored reading; empty of meaning before the first one. */
  public long greatestMillis() {
    return greatestMillis;
  }

  /** When the device's last record was taken from the broker. */
  public long lastIngestMillis() {
    return lastIngestMillis;
  }

  public int sensors() {
    return sensors.size();
  }

  /** Windows that still take readings without being revised. */
  public int openWindows() {
    int open = 0;
    for (SensorState sensor : sensors.values()) {
      open += sensor.openWindows();
    }
    return open;
  }

  public Collection<EpochLedger> ledgers() {
    return Collections.unmodifiableCollection(epochs.values());
  }

  public boolean hasUnpublishedWindows() {
    return unpublishedWindows;
  }

  public boolean hasUnpublishedLedger() {
    return unpublishedLedger;
  }

  /** The ledger has been handed to the output. */
  public void markLedgerPublished() {
    unpublishedLedger = false;
  }

  /** What one pack came to, in readings. */
  public record Outcome(int stored, int late, int quarantined, int duplicate) {}

  /**
   * Applies a decoded pack of this device.
   *
   * @param ingestMillis when its record was taken from the broker
   */
  public Outcome apply(PackBuffer pack, long ingestMillis, Rules rules, Findings findings) {
    lastIngestMillis = Math.max(lastIngestMillis, ingestMillis);
    unpublishedLedger = true;
    EpochLedger ledger = ledgerOf(pack.hasId() ? pack.epoch() : EpochLedger.UNSEQUENCED);
    if (pack.hasId()) {
      if (ledger.seqs().contains(pack.seq())) {
        remember(ledger.duplicate(pack.size()), rules);
        return new Outcome(0, 0, 0, pack.size());
      }
      ledger = ledger.received(pack.seq());
    }
    PackRun run = new PackRun(pack, ingestMillis, rules);
    run.arrange();
    run.report(findings);
    remember(ledger.applied(run.stored, run.late, run.quarantined()), rules);
    if (run.stored > 0) {
      unpublishedWindows = true;
      greatestMillis = Math.max(greatestMillis, run.greatest);
      closePassedWindows(rules, findings);
    }
    return new Outcome(run.stored, run.late, run.quarantined(), 0);
  }

  /** Counts a message of this device that could not be decoded. */
  public void refuse(long ingestMillis, Rules rules) {
    lastIngestMillis = Math.max(lastIngestMillis, ingestMillis);
    unpublishedLedger = true;
    remember(ledgerOf(EpochLedger.UNSEQUENCED).refusedPack(), rules);
  }

  /** Receives an open window that changed since it was last handed over. */
  public interface OpenWindows {
    void open(DeviceId device, String sensor, String unit, WindowAggregate window);
  }

  /** Hands over the open windows that changed; closed ones were found when they changed. */
  public void publishOpenWindows(OpenWindows output) {
    for (SensorState sensor : List.copyOf(sensors.values())) {
      SensorState owned = owned(sensor);
      owned.publishOpen(window -> output.open(id, owned.name(), owned.unit(), window));
    }
    unpublishedWindows = false;
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    out.writeUTF(id.key());
    out.writeLong(greatestMillis);
    out.writeLong(lastIngestMillis);
    out.writeLong(nextEndMillis);
    out.writeInt(epochs.size());
    for (EpochLedger ledger : epochs.values()) {
      ledger.write(out);
    }
    out.writeInt(sensors.size());
    for (SensorState sensor : sensors.values()) {
      sensor.write(out);
    }
  }

  /** Reads what {@link #write} wrote; everything open counts as not yet written out. */
  public static DeviceState read(DataInput in, List<WindowSpec> lengths) throws IOException {
    DeviceState state = new DeviceState(new Object(), DeviceId.parse(in.readUTF()));
    state.greatestMillis = in.readLong();
    state.lastIngestMillis = in.readLong();
    state.nextEndMillis = in.readLong();
    for (int epochs = in.readInt(); epochs > 0; epochs--) {
      EpochLedger ledger = EpochLedger.read(in);
      state.epochs.put(ledger.epoch(), ledger);
    }
    for (int sensors = in.readInt(); sensors > 0; sensors--) {
      SensorState sensor = SensorState.read(in, lengths);
      state.sensors.put(sensor.name(), sensor);
    }
    state.unpublishedWindows = true;
    state.unpublishedLedger = true;
    return state;
  }

  private long watermark(Rules rules) {
    return greatestMillis == NEVER ? NEVER : greatestMillis - rules.lateness().toMillis();
  }

  /** Readings before this are late: no window they could lie in is kept. */
  private long forgetBefore(Rules rules) {
    return greatestMillis == NEVER ? NEVER : watermark(rules) - rules.revisionHorizon().toMillis();
  }

  private EpochLedger ledgerOf(String epoch) {
    EpochLedger known = epochs.get(epoch);
    return known == null ? EpochLedger.empty(epoch) : known;
  }

  /** The epoch used last stands last; the first one goes when there are too many. */
  private void remember(EpochLedger ledger, Rules rules) {
    epochs.remove(ledger.epoch());
    epochs.put(ledger.epoch(), ledger);
    if (epochs.size() > rules.limits().epochs()) {
      Iterator<String> oldest = epochs.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private SensorState owned(SensorState sensor) {
    if (sensor.isOwnedBy(owner)) {
      return sensor;
    }
    SensorState copy = sensor.ownedBy(owner);
    sensors.put(copy.name(), copy);
    return copy;
  }

  private void closePassedWindows(Rules rules, Findings findings) {
    long watermark = watermark(rules);
    if (nextEndMillis > watermark) {
      return;
    }
    long nextEnd = Long.MAX_VALUE;
    for (SensorState sensor : List.copyOf(sensors.values())) {
      SensorState owned = owned(sensor);
      long end = owned.close(watermark, forgetBefore(rules), new Closing(owned, findings));
      nextEnd = Math.min(nextEnd, end);
    }
    nextEndMillis = nextEnd;
  }

  private final class Closing implements SensorState.SensorFindings {
    private final SensorState sensor;
    private final Findings findings;

    Closing(SensorState sensor, Findings findings) {
      this.sensor = sensor;
      this.findings = findings;
    }

    @Override
    public void closed(WindowAggregate window) {
      findings.closedWindow(id, sensor.name(), sensor.unit(), window);
    }

    @Override
    public void features(WindowAggregate window, double[] features) {
      findings.features(id, sensor.name(), window, features);
    }
  }

  /** One pack on its way into the windows, judged by the watermark as it stood before the pack. */
  private final class PackRun {
    private final PackBuffer pack;
    private final Rules rules;
    private final long latestAllowed;
    private final long forgetBefore;
    private final List<Revised> revised = new ArrayList<>(0);
    private long greatest = NEVER;
    private int stored;
    private int late;
    private int future;
    private int overLimit;

    PackRun(PackBuffer pack, long ingestMillis, Rules rules) {
      this.pack = pack;
      this.rules = rules;
      this.latestAllowed = ingestMillis + rules.futureTolerance().toMillis();
      this.forgetBefore = forgetBefore(rules);
    }

    int quarantined() {
      return future + overLimit;
    }

    void arrange() {
      for (int i = 0; i < pack.size(); i++) {
        long time = pack.timeMillis(i);
        if (time > latestAllowed) {
          future++;
        } else if (time < forgetBefore) {
          late++;
        } else {
          store(i, time);
        }
      }
    }

    void report(Findings findings) {
      if (future > 0) {
        findings.refused(
            Reason.FUTURE,
            "%d of %d readings lie more than %s ahead of their ingest time; the device's clock is ahead"
                .formatted(future, pack.size(), rules.futureTolerance()),
            future);
      }
      if (late > 0) {
        findings.refused(
            Reason.LATE,
            "%d of %d readings lie more than %s behind the device's watermark"
                .formatted(late, pack.size(), rules.revisionHorizon()),
            late);
      }
      if (overLimit > 0) {
        findings.refused(
            Reason.OVER_LIMIT,
            "%d of %d readings are of new sensors beyond the device's bound of %d"
                .formatted(overLimit, pack.size(), rules.limits().sensors()),
            overLimit);
      }
      for (Revised change : revised) {
        change.window.revise();
        findings.closedWindow(id, change.sensor.name(), change.sensor.unit(), change.window);
      }
    }

    private void store(int i, long time) {
      SensorState sensor = sensorOf(pack.sensor(i));
      if (sensor == null) {
        overLimit++;
        return;
      }
      sensor.announceUnit(pack.unit(i));
      List<WindowSpec> lengths = rules.windows();
      for (int l = 0; l < lengths.size(); l++) {
        WindowAggregate window = sensor.windowAt(l, lengths.get(l), time);
        window.add(time, pack.value(i));
        if (window.isClosed()) {
          noteRevision(sensor, window);
        } else {
          nextEndMillis = Math.min(nextEndMillis, window.endMillis());
        }
      }
      greatest = Math.max(greatest, time);
      stored++;
    }

    private @Nullable SensorState sensorOf(String name) {
      SensorState known = sensors.get(name);
      if (known != null) {
        return owned(known);
      }
      if (sensors.size() >= rules.limits().sensors()) {
        return null;
      }
      SensorState fresh = new SensorState(owner, name, rules.windows().size());
      sensors.put(name, fresh);
      return fresh;
    }

    private void noteRevision(SensorState sensor, WindowAggregate window) {
      for (Revised known : revised) {
        if (known.window == window) {
          return;
        }
      }
      revised.add(new Revised(sensor, window));
    }
  }

  private record Revised(SensorState sensor, WindowAggregate window) {}
}
