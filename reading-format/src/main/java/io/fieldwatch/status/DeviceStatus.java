package io.fieldwatch.status;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ForeignText;
import io.fieldwatch.reading.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an agent publishes, retained, on its {@code status} topic: at birth, as a heartbeat, when it
 * stops, and as its last will.
 *
 * @param state whether the agent is there
 * @param reason why it is in that state, a word: {@code birth}, {@code heartbeat}, {@code stopped},
 *     {@code connection-lost}
 * @param epoch the epoch of the agent's spool
 * @param agentVersion the agent's version
 * @param timeMillis when it was said, by the device's clock; of a last will, when the session began
 * @param counts absent in a last will, which is written before there is anything to count
 */
public record DeviceStatus(
    State state,
    String reason,
    String epoch,
    String agentVersion,
    long timeMillis,
    Optional<Counts> counts,
    List<Sensor> sensors) {

  /** Whether the agent is there. */
  public enum State {
    ONLINE,
    OFFLINE
  }

  /**
   * The agent's own side of the ledger, over the whole epoch. {@code produced = acknowledged + in
   * the spool + dropped}.
   *
   * @param producedReadings readings that sensors gave and the spool took or dropped
   * @param producedPacks the greatest seq given out
   * @param acknowledgedPacks packs whose PUBACK has arrived; their seqs are {@code 1..n}
   * @param acknowledgedReadings readings in those packs
   * @param droppedReadings readings given up by rule because the spool was full
   * @param spoolPacks packs on disk that are not acknowledged
   * @param spoolReadings readings in those packs
   */
  public record Counts(
      long producedReadings,
      long producedPacks,
      long acknowledgedPacks,
      long acknowledgedReadings,
      long droppedReadings,
      long spoolPacks,
      long spoolReadings) {
    public Counts {
      requireCount(producedReadings, "producedReadings");
      requireCount(producedPacks, "producedPacks");
      requireCount(acknowledgedPacks, "acknowledgedPacks");
      requireCount(acknowledgedReadings, "acknowledgedReadings");
      requireCount(droppedReadings, "droppedReadings");
      requireCount(spoolPacks, "spoolPacks");
      requireCount(spoolReadings, "spoolReadings");
    }

    private static void requireCount(long count, String what) {
      if (count < 0) {
        throw new IllegalArgumentException("Invalid " + what + " " + count + ": must be 0 or more");
      }
    }
  }

  /** One sensor as announced: its unit, and how often it is read. */
  public record Sensor(String name, String unit, Duration interval) {
    public Sensor {
      requireNonNull(unit, "unit is null");
      requireNonNull(interval, "interval is null");
      if (!DeviceId.isName(name)) {
        throw new IllegalArgumentException(
            "Invalid sensor name '" + ForeignText.printable(name) + "'");
      }
      if (!Reading.isUnit(unit)) {
        throw new IllegalArgumentException(
            "Invalid unit '" + ForeignText.printable(unit) + "' of sensor '" + name + "'");
      }
      if (interval.isNegative()) {
        throw new IllegalArgumentException(
            "Invalid interval " + interval + " of sensor '" + name + "': must be 0 or more");
      }
    }
  }

  public DeviceStatus {
    requireNonNull(state, "state is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(epoch, "epoch is null");
    if (!DeviceId.isName(epoch)) {
      throw new IllegalArgumentException("Invalid epoch '" + ForeignText.printable(epoch) + "'");
    }
    requireNonNull(agentVersion, "agentVersion is null");
    requireNonNull(counts, "counts is null");
    sensors = List.copyOf(sensors);
  }
}
