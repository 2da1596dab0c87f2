package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.Findings;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.window.WindowAggregate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Takes the state of a partition through some records, in the order of their offsets. Used once, by
 * one thread. The state it starts from stays as it was, so the same run can be made again.
 *
 * <p>Cutting the log into runs anywhere gives the same windows, scores and ledgers; only how often
 * a window is handed over while it is open depends on the cut.
 */
public final class PartitionRun {
  private final Object owner = new Object();
  private final PartitionState before;
  private final Rules rules;
  private final PackDecoder decoder;
  private final PackBuffer pack = new PackBuffer();
  private final Output output;
  private final LongConsumer storedTimes;
  private final Map<String, DeviceState> devices;

  /** Windows closed or revised by this run, written out when it ends. */
  private final Set<ClosedWindow> closed = new LinkedHashSet<>();

  private long nextOffset;
  private RunCounts counts = RunCounts.NONE;

  /**
   * @param storedTimes is told the event time of every reading that is stored, in milliseconds
   */
  public PartitionRun(
      PartitionState before,
      Rules rules,
      PackDecoder decoder,
      Output output,
      LongConsumer storedTimes) {
    this.before = before;
    this.rules = rules;
    this.decoder = decoder;
    this.output = output;
    this.storedTimes = storedTimes;
    this.devices = before.copyOfDevices();
    this.nextOffset = before.nextOffset();
  }

  /** Applies a record; one that the state already contains is passed over. */
  public void accept(LogRecord record) {
    if (record.offset() < nextOffset) {
      return;
    }
    nextOffset = record.offset() + 1;
    Optional<DeviceId> device = deviceOf(record);
    if (device.isEmpty()) {
      refuse(record, Reason.BAD_TOPIC, "The record's key is not site/device");
      return;
    }
    try {
      decoder.decode(record.value(), device.get(), pack);
    } catch (PackRejectedException e) {
      owned(device.get()).refuse(record.ingestMillis(), rules);
      refuse(record, e.reason(), String.valueOf(e.getMessage()));
      return;
    }
    apply(record, owned(device.get()));
  }

  /** Hands over the open windows that changed, whichever run changed them. */
  public void publishOpenWindows() {
    for (Map.Entry<String, DeviceState> entry : devices.entrySet()) {
      if (entry.getValue().hasUnpublishedWindows()) {
        DeviceState device = entry.getValue().ownedBy(owner);
        entry.setValue(device);
        device.publishOpenWindows(this::hand);
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

  /** Hands over what was closed or revised, and ends the run: the state after its last record. */
  public PartitionState finish(long untilOffset) {
    for (ClosedWindow change : closed) {
      hand(change.device(), change.sensor(), change.unit(), change.window());
    }
    return new PartitionState(
        before.lengths(), before.partition(), Math.max(nextOffset, untilOffset), devices);
  }

  public RunCounts counts() {
    return counts;
  }

  private void apply(LogRecord record, DeviceState device) {
    DeviceState.Outcome outcome =
        device.apply(pack, record.ingestMillis(), rules, new RecordFindings(record));
    if (outcome.stored() == pack.size()) {
      for (int i = 0; i < pack.size(); i++) {
        storedTimes.accept(pack.timeMillis(i));
      }
    }
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

  private void refuse(LogRecord record, Reason reason, String detail) {
    output.quarantine(record, reason, detail, -1);
    counts = counts.plus(new RunCounts(1, 0, 0, 0, 0, 1));
  }

  private DeviceState owned(DeviceId id) {
    DeviceState known = devices.get(id.key());
    DeviceState device = known == null ? new DeviceState(owner, id) : known.ownedBy(owner);
    if (device != known) {
      devices.put(id.key(), device);
    }
    return device;
  }

  private void hand(DeviceId device, String sensor, String unit, WindowAggregate window) {
    output.window(device, sensor, unit, window);
    window.markPublished();
  }

  private Optional<DeviceId> deviceOf(LogRecord record) {
    if (record.key() == null) {
      return Optional.empty();
    }
    String key = new String(record.key(), UTF_8);
    DeviceState known = devices.get(key);
    if (known != null) {
      return Optional.of(known.id());
    }
    try {
      return Optional.of(DeviceId.parse(key));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private record ClosedWindow(
      DeviceId device, String sensor, String unit, WindowAggregate window) {}

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
    public void closedWindow(DeviceId device, String sensor, String unit, WindowAggregate window) {
      closed.add(new ClosedWindow(device, sensor, unit, window));
    }

    @Override
    public void features(
        DeviceId device, String sensor, WindowAggregate window, double[] features) {
      output.features(device, sensor, window, features);
    }
  }
}
