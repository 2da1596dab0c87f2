package io.fieldwatch.agent.spool;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.PackId;

/** A pack as it lies in the spool: the encoded message that goes to the broker unchanged. */
public final class SpooledPack {
  private final PackId id;
  private final int readings;
  private final byte[] payload;

  SpooledPack(PackId id, int readings, byte[] payload) {
    this.id = requireNonNull(id, "id is null");
    this.readings = readings;
    this.payload = requireNonNull(payload, "payload is null");
  }

  /** The identity that is also encoded in the payload. */
  public PackId id() {
    return id;
  }

  /** How many readings the payload holds. */
  public int readings() {
    return readings;
  }

  /** The encoded pack. The array is the caller's to keep. */
  public byte[] payload() {
    return payload;
  }

  @Override
  public String toString() {
    return "SpooledPack[" + id + ", " + readings + " readings, " + payload.length + " bytes]";
  }
}
