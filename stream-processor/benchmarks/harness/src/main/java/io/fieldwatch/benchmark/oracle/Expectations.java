package io.fieldwatch.benchmark.oracle;

import java.util.Map;
import java.util.Optional;

/** All windows that there can be, and what else is known of a stream. */
public record Expectations(Map<WindowId, ExpectedWindow> windows, Totals totals) {
  /**
   * What was counted.
   *
   * @param readings of all packs that can be decoded, again those of duplicates
   * @param late readings that have to be dropped
   */
  public record Totals(long readings, long late, long duplicates, long refusedPacks) {}

  /** What a window must be; nothing if there is no such window. */
  public Optional<ExpectedWindow> find(WindowId id) {
    return Optional.ofNullable(windows.get(id));
  }
}
