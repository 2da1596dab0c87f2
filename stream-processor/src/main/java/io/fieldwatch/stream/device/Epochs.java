package io.fieldwatch.stream.device;

import java.util.List;

/**
 * The ledgers of a device's epochs, the one used last at the end. Immutable: there is seldom more
 * than one, and it changes with every pack.
 */
final class Epochs {
  static final Epochs NONE = new Epochs(new EpochLedger[0]);

  private final EpochLedger[] ledgers;

  private Epochs(EpochLedger[] ledgers) {
    this.ledgers = ledgers;
  }

  List<EpochLedger> all() {
    return List.of(ledgers);
  }

  boolean contains(String epoch) {
    return find(epoch) >= 0;
  }

  /** The ledger of an epoch, empty if there is none yet. */
  EpochLedger get(String epoch) {
    int place = find(epoch);
    return place < 0 ? EpochLedger.empty(epoch) : ledgers[place];
  }

  /** These with a ledger in its newest state, used last; the first one goes beyond the limit. */
  Epochs with(EpochLedger ledger, int limit) {
    int place = find(ledger.epoch());
    int from = place < 0 && ledgers.length >= limit ? 1 : 0;
    int kept = ledgers.length - from;
    EpochLedger[] changed = new EpochLedger[place < 0 ? kept + 1 : kept];
    int size = 0;
    for (int i = from; i < ledgers.length; i++) {
      if (i != place) {
        changed[size++] = ledgers[i];
      }
    }
    changed[size] = ledger;
    return new Epochs(changed);
  }

  private int find(String epoch) {
    for (int i = ledgers.length - 1; i >= 0; i--) {
      if (ledgers[i].epoch().equals(epoch)) {
        return i;
      }
    }
    return -1;
  }
}
