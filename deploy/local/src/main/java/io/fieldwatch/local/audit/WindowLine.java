package io.fieldwatch.local.audit;

import io.fieldwatch.reading.DeviceId;

/**
 * One device's stored readings counted a second way: each is in exactly one window of ten seconds.
 *
 * @param stored over all lives, by the ledger
 * @param inWindows by the windows themselves
 */
public record WindowLine(DeviceId device, long stored, long inWindows) {
  public boolean isBalanced() {
    return stored == inWindows;
  }
}
