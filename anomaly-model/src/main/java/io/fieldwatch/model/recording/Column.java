package io.fieldwatch.model.recording;

/**
 * A column of a file.
 *
 * @param place from 0
 * @param name in the header, maybe empty
 * @param shown a name of its own, for people
 * @param facts what its cells look like
 */
record Column(int place, String name, String shown, ColumnFacts facts) {
  /** Whether a user means this column by the name. */
  boolean isCalled(String wished) {
    return name.equalsIgnoreCase(wished.strip()) || shown.equalsIgnoreCase(wished.strip());
  }
}
