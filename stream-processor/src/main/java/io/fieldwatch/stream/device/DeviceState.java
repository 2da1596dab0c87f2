package io.fieldwatch.stream.device;

import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.stream.dedup.SeqRanges;
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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one device: its clock, its sensors' windows, its ledger and what its agent
 * announced. Not thread safe.
 *
 * <p>Owned like {@link Window}: a run asks for {@link #ownedBy} before it changes anything, so a
 * state that was handed over stays as it was and a repeated task starts from the same place.
 *
 * <p>Every decision here is a function of the records in the order of the log, of their own times
 * and of their ingest times: never of the wall clock, nor of where a batch begins. The watermark is
 * the greatest accepted event time minus the lateness; it moves after a whole pack, because the
 * readings of one pack need not be in order.
 */
public final class DeviceState {
  private static final long NEVER = Long.MIN_VALUE;

  private final Object owner;
  private final DeviceId id;
  private final WindowPlan plan;
  private final SensorTable sensors;
  private Epochs epochs = Epochs.NONE;
  private Announcement announcement = Announcement.NONE;
  private Together together = Together.NONE;
  private String currentEpoch = "";
  private long epochReturns;
  private long greatestMillis = NEVER;
  private long lastIngestMillis = NEVER;

  /**
   * The earliest end of an open window: until the watermark reaches it there is nothing to close.
   */
  private long nextEndMillis = Long.MAX_VALUE;

  /** Of how many levels the open windows were handed over since they last changed. */
  private int publishedLevels;

  private boolean unpublishedLedger;

  /**
   * @param plan of which windows there are, with all of them complete
   */
  public DeviceState(Object owner, DeviceId id, WindowPlan plan) {
    this(owner, id, plan, new SensorTable());
  }

  private DeviceState(Object owner, DeviceId id, WindowPlan plan, SensorTable sensors) {
    this.owner = owner;
    this.id = id;
    this.plan = plan;
    this.sensors = sensors;
  }

  /** This state if the owner made it, else a copy that belongs to the owner. */
  public DeviceState ownedBy(Object newOwner) {
    return owner == newOwner ? this : copy(newOwner, plan, sensors.copy());
  }

  private DeviceState copy(Object newOwner, WindowPlan newPlan, SensorTable newSensors) {
    DeviceState copy = new DeviceState(newOwner, id, newPlan, newSensors);
    copy.epochs = epochs;
    copy.announcement = announcement;
    copy.together = together.packed();
    copy.currentEpoch = currentEpoch;
    copy.epochReturns = epochReturns;
    copy.greatestMillis = greatestMillis;
    copy.lastIngestMillis = lastIngestMillis;
    copy.nextEndMillis = nextEndMillis;
    copy.publishedLevels = publishedLevels;
    copy.unpublishedLedger = unpublishedLedger;
    return copy;
  }

  /**
   * This state with the windows of another tree; scores begin anew where windows of another length
   * are scored. Not called within a run.
   */
  public DeviceState adapted(WindowTree tree, Rules rules) {
    WindowPlan next = plan.adaptedTo(tree, forgetBefore(rules), greatestMillis);
    DeviceState state =
        copy(new Object(), next, sensors.mapped(sensor -> sensor.adapted(plan, next)));
    state.together = tree.isScoredLike(plan.tree()) ? together : Together.NONE;
    state.nextEndMillis = NEVER;
    state.publishedLevels = 0;
    return state;
  }

  public DeviceId id() {
    return id;
  }

  /** The greatest event time of a stored reading; empty of meaning before the first one. */
  public long greatestMillis() {
    return greatestMillis;
  }

  /** When the device's last record was taken from the broker; negative before the first one. */
  public long lastIngestMillis() {
    return lastIngestMillis;
  }

  public int sensors() {
    return sensors.size();
  }

  /** Windows that still take readings without being revised. */
  public int openWindows() {
    int open = 0;
    for (int i = 0; i < sensors.size(); i++) {
      open += sensors.get(i).windows().openWindows(plan);
    }
    return open;
  }

  public Collection<EpochLedger> ledgers() {
    return epochs.all();
  }

  /**
   * How often packs of an earlier epoch came after packs of a later one. An agent has one epoch at
   * a time, so a number that keeps growing means two devices with one id.
   */
  public long epochReturns() {
    return epochReturns;
  }

  /** How far the device's clock was ahead when it last said so, in milliseconds. */
  public long clockOffsetMillis() {
    return announcement.clockOffsetMillis();
  }

  /** How many packs its agent had not got rid of when it last said so. */
  public long backlogPacks() {
    return announcement.backlogPacks();
  }

  /** How many readings its agent had not got rid of when it last said so. */
  public long backlogReadings() {
    return announcement.backlogReadings();
  }

  /** Whether the device is there; the only question here that the clock on the wall has part in. */
  public Presence presence(long nowMillis, Rules rules) {
    if (lastIngestMillis == NEVER) {
      // Known by a status that the broker had kept, and not heard of since.
      return Presence.OFFLINE;
    }
    long silentFor = nowMillis - lastIngestMillis;
    boolean saidGoodbye =
        announcement.isMade()
            && !announcement.online()
            && announcement.ingestMillis() >= lastIngestMillis;
    if (saidGoodbye || silentFor >= rules.silence().offlineAfter().toMillis()) {
      return Presence.OFFLINE;
    }
    return silentFor > rules.silence().millis(announcement.longestIntervalMillis())
        ? Presence.SILENT
        : Presence.ONLINE;
  }

  /** Whether there may be changed windows among the first so many levels. */
  public boolean hasUnpublishedWindows(int levels) {
    return publishedLevels < levels;
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
    EpochLedger ledger = epochs.get(pack.hasId() ? pack.epoch() : EpochLedger.UNSEQUENCED);
    SeqRanges seqs = ledger.seqs();
    PackRun run = new PackRun(pack, ingestMillis, rules, findings);
    if (pack.hasId()) {
      noteEpoch(pack.epoch());
      if (seqs.contains(pack.seq())) {
        remember(ledger.duplicate(pack.size()), rules);
        run.countDuplicates();
        return new Outcome(0, 0, 0, pack.size());
      }
      seqs = seqs.with(pack.seq());
    }
    run.arrange();
    remember(ledger.applied(seqs, run.stored, run.late, run.quarantined()), rules);
    run.closePassedWindows();
    run.report();
    return new Outcome(run.stored, run.late, run.quarantined(), 0);
  }

  /**
   * Takes in what the device's agent says of itself.
   *
   * @param ingestMillis when its record was taken from the broker
   */
  public void announce(DeviceStatus status, long ingestMillis, Rules rules) {
    lastIngestMillis = Math.max(lastIngestMillis, ingestMillis);
    announcement = announcement.after(status, ingestMillis, rules.limits().sensors());
    spreadIntervals();
  }

  /**
   * Takes in what the agent once said of itself, unless it is known already. That tells nothing of
   * its clock, of its spool, nor of whether it is there now.
   */
  public void introduce(DeviceStatus status, Rules rules) {
    if (!announcement.isMade()) {
      announcement = announcement.introducedBy(status, rules.limits().sensors());
      spreadIntervals();
    }
  }

  private void spreadIntervals() {
    for (int i = 0; i < sensors.size(); i++) {
      SensorState sensor = sensors.get(i);
      Long interval = announcement.intervalsMillis().get(sensor.name());
      if (interval != null && interval != sensor.facts().intervalMillis()) {
        SensorState owned = owned(i);
        owned.know(sensors.shared(owned.facts().withInterval(interval)));
        publishedLevels = 0;
      }
    }
  }

  /** Counts a message of this device that could not be decoded. */
  public void refuse(long ingestMillis, Rules rules) {
    lastIngestMillis = Math.max(lastIngestMillis, ingestMillis);
    unpublishedLedger = true;
    remember(epochs.get(EpochLedger.UNSEQUENCED).refusedPack(), rules);
  }

  /** Receives an open window that changed since it was last handed over. */
  public interface OpenWindows {
    void open(DeviceId device, String sensor, SensorFacts facts, WindowResult window);
  }

  /**
   * Hands over the open windows that changed; closed ones were found when they changed.
   *
   * @param levels of how many levels of the tree, from the panes on
   */
  public void publishOpenWindows(int levels, OpenWindows output) {
    for (int i = 0; i < sensors.size(); i++) {
      SensorState owned = owned(i);
      owned
          .windows()
          .publishOpen(
              plan,
              owned.facts().kind(),
              levels,
              window -> output.open(id, owned.name(), owned.facts(), window));
    }
    publishedLevels = Math.max(publishedLevels, levels);
  }

  /** Writes what {@link #read} reads. */
  public void write(WireWriter out) {
    out.text(1, id.key());
    out.signed(2, greatestMillis);
    out.signed(3, lastIngestMillis);
    out.signed(4, nextEndMillis);
    out.text(5, currentEpoch);
    out.number(6, epochReturns);
    int begun = out.begin(7);
    plan.write(out);
    out.end(begun);
    begun = out.begin(8);
    announcement.write(out);
    out.end(begun);
    for (EpochLedger ledger : epochs.all()) {
      begun = out.begin(9);
      ledger.write(out);
      out.end(begun);
    }
    for (int i = 0; i < sensors.size(); i++) {
      begun = out.begin(10);
      sensors.get(i).write(out);
      out.end(begun);
    }
    if (together.hasPast()) {
      begun = out.begin(11);
      together.write(out);
      out.end(begun);
    }
  }

  /** Reads what {@link #write} wrote; everything open counts as not yet written out. */
  public static DeviceState read(WireReader in, WindowTree tree) throws IOException {
    String key = "";
    long greatest = 0;
    long lastIngest = 0;
    long nextEnd = 0;
    String currentEpoch = "";
    long returns = 0;
    WindowPlan plan = WindowPlan.of(tree);
    Announcement announcement = Announcement.NONE;
    Epochs epochs = Epochs.NONE;
    SensorTable sensors = new SensorTable();
    Together together = Together.NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.text();
        case 2 -> greatest = in.signed();
        case 3 -> lastIngest = in.signed();
        case 4 -> nextEnd = in.signed();
        case 5 -> currentEpoch = in.text();
        case 6 -> returns = in.number();
        case 7 -> plan = WindowPlan.read(in.message(), tree);
        case 8 -> announcement = Announcement.read(in.message());
        case 9 -> epochs = epochs.with(EpochLedger.read(in.message()), Integer.MAX_VALUE);
        case 10 -> addOnce(sensors, SensorState.read(in.message(), tree.size()));
        case 11 -> together = Together.read(in.message());
        default -> in.skip();
      }
    }
    DeviceState state = new DeviceState(new Object(), idOf(key), plan, sensors);
    state.epochs = epochs;
    state.greatestMillis = greatest;
    state.lastIngestMillis = lastIngest;
    state.nextEndMillis = nextEnd;
    state.currentEpoch = currentEpoch;
    state.epochReturns = returns;
    state.announcement = announcement;
    state.together = together;
    state.unpublishedLedger = true;
    return state;
  }

  private static void addOnce(SensorTable sensors, SensorState sensor) throws IOException {
    if (sensors.find(sensor.name(), 0) >= 0) {
      throw new IOException("Cannot read state: a device has two sensors " + sensor.name());
    }
    sensor.know(sensors.shared(sensor.facts()));
    sensors.add(sensor);
  }

  private static DeviceId idOf(String key) throws IOException {
    try {
      return DeviceId.parse(key);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read state: " + e.getMessage(), e);
    }
  }

  private long watermark(Rules rules) {
    return greatestMillis == NEVER ? NEVER : greatestMillis - rules.lateness().toMillis();
  }

  /** Readings before this are late: no window they could lie in is kept. */
  private long forgetBefore(Rules rules) {
    return greatestMillis == NEVER ? NEVER : watermark(rules) - rules.revisionHorizon().toMillis();
  }

  private void noteEpoch(String epoch) {
    if (!epoch.equals(currentEpoch)) {
      epochReturns += epochs.contains(epoch) ? 1 : 0;
      currentEpoch = epoch;
    }
  }

  private void remember(EpochLedger ledger, Rules rules) {
    epochs = epochs.with(ledger, rules.limits().epochs());
  }

  private SensorState owned(int place) {
    SensorState sensor = sensors.get(place);
    if (sensor.isOwnedBy(owner)) {
      return sensor;
    }
    SensorState copy = sensor.ownedBy(owner);
    sensors.replace(place, copy);
    return copy;
  }

  /** One pack on its way into the windows, judged by the watermark as it stood before the pack. */
  private final class PackRun {
    private final PackBuffer pack;
    private final Rules rules;
    private final Findings findings;
    private final long ingestMillis;
    private final long latestAllowed;
    private final long forgetBefore;
    private final long watermark;

    /** Windows that this pack changed when they were closed; each is revised once. */
    private final Set<Changed> revised = new LinkedHashSet<>(0);

    /** One for all sensors of the pack. */
    private @Nullable SensorChanges changes;

    /** What is scored of all sensors together; null where nothing is. */
    private @Nullable Instants instants;

    /** Where the next reading's sensor is if the pack goes on as it began. */
    private int likelyPlace;

    private long greatest = NEVER;
    private int stored;

    /** Of the readings stored last, and how many were told of. */
    private long storedTime = NEVER;

    private int told;
    private int late;
    private int future;
    private long furthestFuture = NEVER;
    private int overLimit;

    PackRun(PackBuffer pack, long ingestMillis, Rules rules, Findings findings) {
      this.pack = pack;
      this.rules = rules;
      this.findings = findings;
      this.ingestMillis = ingestMillis;
      this.latestAllowed = ingestMillis + rules.futureTolerance().toMillis();
      this.forgetBefore = forgetBefore(rules);
      this.watermark = watermark(rules);
    }

    int quarantined() {
      return future + overLimit;
    }

    void arrange() {
      for (int i = 0; i < pack.size(); i++) {
        long time = pack.timeMillis(i);
        if (time > latestAllowed) {
          future++;
          furthestFuture = Math.max(furthestFuture, time);
        } else if (time < forgetBefore) {
          late++;
        } else {
          store(i, time);
        }
      }
      tellStored();
      if (stored > 0) {
        publishedLevels = 0;
        greatestMillis = Math.max(greatestMillis, greatest);
      }
    }

    /** Counts the readings of this pack, which came before, in the windows they lie in. */
    void countDuplicates() {
      for (int i = 0; i < pack.size(); i++) {
        int place = find(pack.sensor(i));
        if (place >= 0) {
          SensorState sensor = owned(place);
          publishedLevels = 0;
          sensor.windows().countDuplicate(plan, pack.timeMillis(i), changesOf(sensor));
        }
      }
    }

    void closePassedWindows() {
      long newWatermark = watermark(rules);
      if (stored == 0 || nextEndMillis > newWatermark) {
        return;
      }
      long nextEnd = Long.MAX_VALUE;
      for (int i = 0; i < sensors.size(); i++) {
        SensorState owned = owned(i);
        long end =
            owned
                .windows()
                .close(
                    plan,
                    owned.facts().kind(),
                    newWatermark,
                    forgetBefore(rules),
                    changesOf(owned));
        nextEnd = Math.min(nextEnd, end);
      }
      nextEndMillis = nextEnd;
      scoreTogether();
    }

    /** Keeps a sensor's scored window until those of the others are closed too. */
    void gather(SensorState sensor, Window window) {
      if (sensors.size() == 1) {
        return;
      }
      Instants gathered = instants;
      if (gathered == null) {
        gathered = new Instants();
        instants = gathered;
      }
      gathered.add(window.startMillis(), sensor.name(), window.aggregate().mean());
    }

    private void scoreTogether() {
      if (instants == null) {
        return;
      }
      WindowSpec spec = plan.tree().level(plan.tree().scored());
      for (JointWindow instant : instants.ofSeveralSensors()) {
        Together.Step step = together.next(spec, instant, findings.model(), rules.emission());
        together = step.together();
        step.scored().ifPresent(scored -> findings.scored(id, JointState.ALL_SENSORS, scored));
      }
    }

    void report() {
      if (future > 0) {
        findings.refused(
            Reason.FUTURE,
            "%d of %d readings lie more than %s ahead of their ingest time; the device's clock is %s ahead"
                .formatted(
                    future,
                    pack.size(),
                    rules.futureTolerance(),
                    Duration.ofMillis(furthestFuture - ingestMillis)),
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
      for (Changed change : revised) {
        change.window().revise();
      }
    }

    private void store(int i, long time) {
      SensorState sensor = sensorOf(i);
      if (sensor == null) {
        overLimit++;
        return;
      }
      SensorFacts facts = sensor.facts().withUnit(pack.unit(i));
      if (!facts.equals(sensor.facts())) {
        sensor.know(sensors.shared(facts));
      }
      long paneEnd =
          sensor
              .windows()
              .add(plan, sensor.facts().kind(), time, pack.value(i), watermark, changesOf(sensor));
      nextEndMillis = Math.min(nextEndMillis, paneEnd);
      greatest = Math.max(greatest, time);
      if (time != storedTime) {
        tellStored();
        storedTime = time;
      }
      stored++;
    }

    /** Readings of a pack often have the same time, and are told together. */
    private void tellStored() {
      if (stored > told) {
        findings.stored(storedTime, stored - told);
        told = stored;
      }
    }

    private @Nullable SensorState sensorOf(int i) {
      String name = pack.sensor(i);
      int place = find(name);
      if (place >= 0) {
        return owned(place);
      }
      if (sensors.size() >= rules.limits().sensors()) {
        return null;
      }
      Long interval = announcement.intervalsMillis().get(name);
      SensorFacts facts =
          new SensorFacts("", kindOf(name, pack.kind(i)), interval == null ? 0 : interval);
      SensorState fresh = new SensorState(owner, name, facts, plan.tree().size());
      likelyPlace = sensors.size() + 1;
      sensors.add(fresh);
      return fresh;
    }

    private SensorWindows.Changes changesOf(SensorState sensor) {
      SensorChanges heard = changes;
      if (heard == null) {
        heard = new SensorChanges(sensor, this);
        changes = heard;
      }
      heard.sensor = sensor;
      return heard;
    }

    private int find(String sensor) {
      int place = sensors.find(sensor, likelyPlace < sensors.size() ? likelyPlace : 0);
      likelyPlace = place + 1;
      return place;
    }

    private SensorKind kindOf(String sensor, ValueKind value) {
      return switch (value) {
        case BOOLEAN -> SensorKind.BOOLEAN;
        case SUM -> SensorKind.COUNTER;
        case NUMBER -> rules.kindOf(id.key() + "/" + sensor);
      };
    }
  }

  private record Changed(int level, Window window) {}

  /** Hears what becomes of the windows of one sensor after the other. */
  private final class SensorChanges implements SensorWindows.Changes {
    private final PackRun run;
    private SensorState sensor;

    SensorChanges(SensorState sensor, PackRun run) {
      this.sensor = sensor;
      this.run = run;
    }

    @Override
    public void closed(int level, Window window) {
      tell(level, window);
      if (run.rules.scoring() == Scoring.SHORTEST && level == plan.tree().scored()) {
        sensor
            .score(
                plan.tree().level(level),
                window.startMillis(),
                window.aggregate(),
                run.findings.model(),
                run.rules.emission())
            .ifPresent(
                scored -> {
                  run.findings.scored(id, sensor.name(), scored);
                  run.gather(sensor, window);
                });
      }
    }

    @Override
    public void revised(int level, Window window) {
      run.revised.add(new Changed(level, window));
      tell(level, window);
    }

    @Override
    public void recounted(int level, Window window) {
      tell(level, window);
    }

    private void tell(int level, Window window) {
      if (SensorWindows.isResult(plan, level, window)) {
        run.findings.closedWindow(id, sensor.name(), sensor.facts(), plan, level, window);
      }
    }
  }
}
