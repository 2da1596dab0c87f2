package io.fieldwatch.model.training;

import java.io.Serializable;

/**
 * What was used, and what could not be.
 *
 * @param refusedRows of files
 * @param packs of a log, each counted once
 * @param duplicatePacks that came again, and were left out
 * @param undecodablePacks that no decoder could read
 * @param futureReadings left out because they lie far ahead of their arrival
 */
record Tally(
    long refusedRows, long packs, long duplicatePacks, long undecodablePacks, long futureReadings)
    implements Serializable {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  static Tally ofRefusedRows(long refusedRows) {
    return new Tally(refusedRows, 0, 0, 0, 0);
  }

  static Tally ofPacks(
      long packs, long duplicatePacks, long undecodablePacks, long futureReadings) {
    return new Tally(0, packs, duplicatePacks, undecodablePacks, futureReadings);
  }

  Tally plus(Tally other) {
    return new Tally(
        refusedRows + other.refusedRows,
        packs + other.packs,
        duplicatePacks + other.duplicatePacks,
        undecodablePacks + other.undecodablePacks,
        futureReadings + other.futureReadings);
  }
}
