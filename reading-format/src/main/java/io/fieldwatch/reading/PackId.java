package io.fieldwatch.reading;

import static java.util.Objects.requireNonNull;

/**
 * The identity of a pack within its device.
 *
 * @param epoch one life of the agent's spool: a random {@link DeviceId#isName(CharSequence) name},
 *     kept over restarts
 * @param seq the number of the pack within its epoch, from 1, without gaps
 */
public record PackId(String epoch, long seq) {
  public PackId {
    requireNonNull(epoch, "epoch is null");
    if (!DeviceId.isName(epoch)) {
      throw new IllegalArgumentException("Invalid epoch: expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
    if (seq < 1) {
      throw new IllegalArgumentException("Invalid seq " + seq + ": must be 1 or more");
    }
  }
}
