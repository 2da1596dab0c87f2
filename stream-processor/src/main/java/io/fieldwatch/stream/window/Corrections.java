package io.fieldwatch.stream.window;

/**
 * What befell a window besides readings that came in time, which is nothing for most.
 *
 * @param revision how many packs changed it when it was closed
 * @param late readings that came when it was over
 * @param duplicate readings of packs that had come before
 */
record Corrections(int revision, long late, long duplicate) {
  static final Corrections NONE = new Corrections(0, 0, 0);

  static Corrections of(int revision, long late, long duplicate) {
    return revision == 0 && late == 0 && duplicate == 0
        ? NONE
        : new Corrections(revision, late, duplicate);
  }

  Corrections withRevision() {
    return new Corrections(revision + 1, late, duplicate);
  }

  Corrections withLate(long readings) {
    return new Corrections(revision, late + readings, duplicate);
  }

  Corrections withDuplicate() {
    return new Corrections(revision, late, duplicate + 1);
  }
}
