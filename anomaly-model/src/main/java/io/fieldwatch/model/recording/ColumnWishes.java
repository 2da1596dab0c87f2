package io.fieldwatch.model.recording;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user says of columns, by their names in any case, instead of leaving it to names and
 * cells. A file without such a column is read as if nothing had been said of it.
 *
 * @param time the column of times
 * @param label the column of labels
 * @param ignored columns that are to be nothing
 */
public record ColumnWishes(Optional<String> time, Optional<String> label, Set<String> ignored) {
  /** Leaves everything to names and cells. */
  public static final ColumnWishes NONE =
      new ColumnWishes(Optional.empty(), Optional.empty(), Set.of());

  public ColumnWishes {
    requireNonNull(time, "time is null");
    requireNonNull(label, "label is null");
    ignored = Set.copyOf(ignored);
  }

  /** All columns that are named. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(ignored);
    time.ifPresent(names::add);
    label.ifPresent(names::add);
    return names;
  }
}
