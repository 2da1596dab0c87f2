package io.fieldwatch.stream.ledger;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * A place in the log: for each of its partitions the offset of the next record. Partitions are
 * numbered from 0 without a gap.
 */
public record Position(SortedMap<Integer, Long> offsets) implements Serializable {
  public Position {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    int expected = 0;
    for (Map.Entry<Integer, Long> entry : offsets.entrySet()) {
      if (entry.getKey() != expected++ || entry.getValue() < 0) {
        throw new IllegalArgumentException(
            "Invalid position %s: partitions count from 0, offsets too".formatted(offsets));
      }
    }
  }

  public static Position of(Map<Integer, Long> offsets) {
    return new Position(new TreeMap<>(offsets));
  }

  /** How many partitions the log has. */
  public int partitions() {
    return offsets.size();
  }

  /**
   * The next offset of one partition.
   *
   * @throws IllegalArgumentException if there is no such partition
   */
  public long at(int partition) {
    Long offset = offsets.get(partition);
    if (offset == null) {
      throw new IllegalArgumentException(
          "No partition %d in a log of %d".formatted(partition, offsets.size()));
    }
    return offset;
  }

  /** The same place but for one partition. */
  Position with(int partition, long offset) {
    TreeMap<Integer, Long> moved = new TreeMap<>(offsets);
    moved.put(partition, offset);
    return new Position(moved);
  }

  /** As in {@code 0:120,1:98}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",");
    offsets.forEach((partition, offset) -> text.add(partition + ":" + offset));
    return text.toString();
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static Position parse(String text) {
    TreeMap<Integer, Long> offsets = new TreeMap<>();
    for (String cell : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] parts = cell.split(":", -1);
      if (parts.length != 2
          || offsets.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1])) != null) {
        throw new IllegalArgumentException("Invalid position '%s'".formatted(text));
      }
    }
    return new Position(offsets);
  }
}
