package io.fieldwatch.model.recording;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Times as people and programs write them; without an offset they are UTC. What one cell cannot
 * tell, such as the order of day and month, is decided once for all cells of a file.
 */
public final class RowTime {
  /** The year 10000 in milliseconds. */
  private static final double GREATEST_MILLIS = 2.5e14;

  private static final RowTime USUAL =
      new RowTime(DateOrder.MONTH_FIRST, NumberForm.POINT, OptionalDouble.empty());

  private final DateOrder order;
  private final NumberForm form;
  private final OptionalDouble millisPerUnit;

  /**
   * @param order of dates that name the year last
   * @param form of numbers
   * @param millisPerUnit what numbers count; each number's size tells it if empty
   */
  RowTime(DateOrder order, NumberForm form, OptionalDouble millisPerUnit) {
    this.order = order;
    this.form = form;
    this.millisPerUnit = millisPerUnit;
  }

  /**
   * Milliseconds since the Unix epoch of a date with or without a time of day, ISO 8601 or like it;
   * or of a number of seconds, milliseconds, microseconds or nanoseconds since the epoch, which of
   * them its size tells; empty for anything else.
   */
  public static Optional<Long> parse(String text) {
    return USUAL.millis(text);
  }

  /** Milliseconds since the Unix epoch; empty for what is no time. */
  Optional<Long> millis(String text) {
    Optional<DateText> date = DateText.of(text);
    return date.isPresent() ? date.get().millis(order) : form.number(text).flatMap(this::epoch);
  }

  private Optional<Long> epoch(double number) {
    double millis = number * millisPerUnit.orElseGet(() -> EpochUnit.of(number).millis());
    return Math.abs(millis) <= GREATEST_MILLIS ? Optional.of(Math.round(millis)) : Optional.empty();
  }
}
