package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.status.DeviceStatus;
import io.fieldwatch.status.DeviceStatusJson;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.Findings;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.window.SensorWindows;
import io.fieldwatch.stream.window.Window;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.topic.DeviceTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the state of a partition through some records, in the order of their offsets. Used once, by
 * one thread. The state it starts from stays as it was, so the same run can be made again.
 *
 * <p>Cutting the log into runs anywhere gives the same windows, scores and ledgers; only how often
 * a window is handed over depends on the cut. What was handed over last holds.
 */
public final class PartitionRun {
  private static final String STATUS = "/" + DeviceTopic.Channel.STATUS.level();

  /**
   * Closed windows are handed over when there are so many, while they are still in the processor's
   * cache, and not kept until the run ends for the collector to copy.
   */
  private static final int HANDED_OVER_TOGETHER = 512;

  private final Object owner = new Object();
  private final PartitionState before;
  private final Rules rules;
  private final Decoders decoders;
  private final PackBuffer pack = new PackBuffer();
  private final Output output;
  private final Map<String, DeviceState> devices;
  private final int handedOverTogether;

  /** Windows closed or changed when closed by this run, and not handed over since. */
  private final List<ClosedWindow> closed = new ArrayList<>();

  /** The state of the record's device where it is new: it may come to nothing. */
  private @Nullable DeviceState unlisted;

  private long nextOffset;
  private RunCounts counts = RunCounts.NONE;

  /**
   * @param before a state with the windows that the rules ask for
   */
  public PartitionRun(PartitionState before, Rules rules, Decoders decoders, Output output) {
    this(before, rules, decoders, output, HANDED_OVER_TOGETHER);
  }

  PartitionRun(
      PartitionState before,
      Rules rules,
      Decoders decoders,
      Output output,
      int handedOverTogether) {
    this.before = before;
    this.rules = rules;
    this.decoders = decoders;
    this.output = output;
    this.devices = before.copyOfDevices();
    this.handedOverTogether = handedOverTogether;
    this.nextOffset = before.nextOffset();
  }

  /** Applies a record; one that the state already contains is passed over. */
  public void accept(LogRecord record) {
    if (record.offset() < nextOffset) {
      return;
    }
    nextOffset = record.offset() + 1;
    DeviceState device = deviceOf(record);
    if (device == null) {
      refuse(record, Reason.BAD_TOPIC, "The record's key is not site/device");
    } else if (record.mqttTopic() != null && record.mqttTopic().endsWith(STATUS)) {
      announce(record, device);
    } else {
      decode(record, device);
    }
    if (closed.size() >= handedOverTogether) {
      handOverClosed();
    }
  }

  private void decode(LogRecord record, DeviceState device) {
    try {
      decoders.decode(record.mqttTopic(), record.value(), device.id(), record.ingestMillis(), pack);
    } catch (PackRejectedException e) {
      owned(device).refuse(record.ingestMillis(), rules);
      refuse(record, e.reason(), String.valueOf(e.getMessage()));
      return;
    }
    DeviceState.Outcome outcome =
        owned(device).apply(pack, record.ingestMillis(), rules, new RecordFindings(record));
    counts =
        counts.plus(
            new RunCounts(
                1,
                outcome.stored(),
                outcome.duplicate(),
                outcome.quarantined(),
                outcome.late(),
                0));
  }

  /** A status is no pack: it stands in no ledger, and one that cannot be read changes nothing. */
  private void announce(LogRecord record, DeviceState device) {
    try {
      DeviceStatus status = DeviceStatusJson.read(record.value());
      switch (record.delivery()) {
        case LIVE -> owned(device).announce(status, record.ingestMillis(), rules);
        case RETAINED -> owned(device).introduce(status, rules);
      }
    } catch (IllegalArgumentException e) {
      output.quarantine(record, Reason.BAD_STATUS, String.valueOf(e.getMessage()), 0);
    }
  }

  /**
   * Hands over the open windows that changed, whichever run changed them.
   *
   * @param levels of how many levels of the tree, from the panes on
   */
  public void publishOpenWindows(int levels) {
    for (Map.Entry<String, DeviceState> entry : devices.entrySet()) {
      if (entry.getValue().hasUnpublishedWindows(levels)) {
        DeviceState device = entry.getValue().ownedBy(owner);
        entry.setValue(device);
        device.publishOpenWindows(levels, output::window);
      }
    }
  }

  /** Hands over every device, and with it its ledgers. */
  public void publishDevices() {
    for (Map.Entry<String, DeviceState> entry : devices.entrySet()) {
      output.device(entry.getValue());
      if (entry.getValue().hasUnpublishedLedger()) {
        DeviceState device = entry.getValue().ownedBy(owner);
        entry.setValue(device);
        device.markLedgerPublished();
      }
    }
  }

  /** Hands over what is left of what was closed or revised: the state after the last record. */
  public PartitionState finish(long untilOffset) {
    handOverClosed();
    return new PartitionState(
        before.plan(), before.partition(), Math.max(nextOffset, untilOffset), devices);
  }

  private void handOverClosed() {
    for (ClosedWindow change : closed) {
      output.window(
          change.device(),
          change.sensor(),
          change.facts(),
          SensorWindows.result(change.plan(), change.level(), change.window()));
      change.window().markPublished();
    }
    closed.clear();
  }

  public RunCounts counts() {
    return counts;
  }

  private void refuse(LogRecord record, Reason reason, String detail) {
    output.quarantine(record, reason, detail, -1);
    counts = counts.plus(new RunCounts(1, 0, 0, 0, 0, 1));
  }

  /** The device's state, for this run to change; from then on it is one of the state's devices. */
  private DeviceState owned(DeviceState device) {
    DeviceState owned = device.ownedBy(owner);
    if (owned != device || device == unlisted) {
      devices.put(device.id().key(), owned);
    }
    return owned;
  }

  /** The state of the record's device, a new one if it is not known; null if it names none. */
  private @Nullable DeviceState deviceOf(LogRecord record) {
    unlisted = null;
    if (record.key() == null) {
      return null;
    }
    String key = new String(record.key(), UTF_8);
    DeviceState known = devices.get(key);
    if (known != null) {
      return known;
    }
    try {
      unlisted = new DeviceState(owner, DeviceId.parse(key), before.plan());
    } catch (IllegalArgumentException e) {
      return null;
    }
    return unlisted;
  }

  private record ClosedWindow(
      DeviceId device,
      String sensor,
      SensorFacts facts,
      WindowPlan plan,
      int level,
      Window window) {}

  private final class RecordFindings implements Findings {
    private final LogRecord record;

    RecordFindings(LogRecord record) {
      this.record = record;
    }

    @Override
    public void refused(Reason reason, String detail, int readings) {
      output.quarantine(record, reason, detail, readings);
    }

    @Override
    public void stored(long timeMillis, int readings) {
      output.stored(timeMillis, readings);
    }

    @Override
    public void closedWindow(
        DeviceId device,
        String sensor,
        SensorFacts facts,
        WindowPlan plan,
        int level,
        Window window) {
      ClosedWindow change = new ClosedWindow(device, sensor, facts, plan, level, window);
      if (window.outputPlace() >= 0) {
        closed.set(window.outputPlace(), change);
      } else {
        window.placeInOutput(closed.size());
        closed.add(change);
      }
    }

    @Override
    public Model model() {
      return output.model();
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {
      output.scored(device, sensor, window);
    }
  }
}
