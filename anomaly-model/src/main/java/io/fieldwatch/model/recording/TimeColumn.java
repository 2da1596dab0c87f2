package io.fieldwatch.model.recording;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the times of rows come from. It is the column the user names; else the one of the usual
 * names that looks most like times; else a column of dates; else a usual name whatever it holds;
 * else a vague name such as {@code t} or {@code index}, if it holds times. A column of dates is
 * joined with one of times of day. Without any, rows are numbered, a second each.
 *
 * @param columns those whose cells make a time, with a blank between; none if rows are numbered
 * @param format how the cells are read
 * @param unit what numbers count, in words; empty where the column's name says it, or for text
 * @param notes what people should know of how times are read
 */
record TimeColumn(List<Column> columns, RowTime format, String unit, List<String> notes) {
  private static final long NUMBERED_MILLIS = 1000;

  TimeColumn {
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
  }

  static TimeColumn among(List<Column> columns, Optional<String> wished, Cells cells) {
    Optional<Column> named =
        columns.stream().filter(c -> wished.isPresent() && c.isCalled(wished.get())).findFirst();
    return named
        .or(() -> best(columns, c -> name(c).isUsual() && c.facts().areTimes()))
        .or(() -> columns.stream().filter(c -> c.facts().areDates()).findFirst())
        .or(() -> best(columns, c -> name(c).isUsual() && !c.facts().isEmpty()))
        .or(() -> best(columns, c -> name(c).isVague() && c.facts().areTimes()))
        .or(() -> best(columns, c -> name(c).isUsual()))
        .map(column -> of(column, columns, cells))
        .orElseGet(TimeColumn::numbered);
  }

  private static Optional<Column> best(List<Column> columns, Predicate<Column> wanted) {
    return columns.stream().filter(wanted).min(Comparator.comparingInt(c -> name(c).rank()));
  }

  private static TimeName name(Column column) {
    return TimeName.of(column.name());
  }

  private static TimeColumn numbered() {
    return new TimeColumn(
        List.of(),
        new RowTime(DateOrder.MONTH_FIRST, NumberForm.POINT, OptionalDouble.empty()),
        "",
        List.of(
            "no column holds times: rows are numbered, a second each, and days in figures are"
                + " 86400 rows"));
  }

  private static TimeColumn of(Column column, List<Column> columns, Cells cells) {
    ColumnFacts facts = column.facts();
    Optional<Column> clock =
        facts.areDays()
            ? columns.stream().filter(TimeColumn::isClock).findFirst()
            : Optional.empty();
    OptionalDouble byName = name(column).millisPerUnit();
    EpochUnit bySize = facts.unit();
    boolean isNamed = bySize == EpochUnit.SECONDS && byName.isPresent();
    double millis = isNamed ? byName.getAsDouble() : bySize.millis();
    return new TimeColumn(
        Stream.concat(Stream.of(column), clock.stream()).toList(),
        new RowTime(facts.order(), facts.form(cells), OptionalDouble.of(millis)),
        facts.hasNumbers() && !isNamed ? bySize.label() : "",
        notes(facts));
  }

  private static boolean isClock(Column column) {
    return column.facts().areClocks() && column.name().toLowerCase(Locale.ROOT).contains("time");
  }

  private static List<String> notes(ColumnFacts facts) {
    boolean isDayFirst = facts.order() == DateOrder.DAY_FIRST;
    if (!facts.hasOpenOrders() || (facts.isOrderCertain() && !isDayFirst)) {
      return List.of();
    }
    return List.of(
        "dates such as 3/4/2014 are read with the %s first: %s"
            .formatted(
                isDayFirst ? "day" : "month",
                facts.isOrderCertain()
                    ? "some first number is above 12"
                    : "no number is above 12, and days change more often than months"));
  }

  /** Milliseconds since the Unix epoch of a row; empty where its cells are no time. */
  Optional<Long> millis(List<String> row, int fileRow) {
    return columns.isEmpty() ? Optional.of(fileRow * NUMBERED_MILLIS) : format.millis(text(row));
  }

  /** What stands in the row for a time. */
  String text(List<String> row) {
    return columns.size() == 1
        ? row.get(columns.get(0).place())
        : columns.stream().map(c -> row.get(c.place())).collect(Collectors.joining(" "));
  }

  /** In words. */
  String shown() {
    if (columns.isEmpty()) {
      return "numbers of the rows";
    }
    String names = columns.stream().map(Column::shown).collect(Collectors.joining(" and "));
    return unit.isEmpty() ? names : names + " in " + unit;
  }

  /** Why a column that is not this one is no sensor either, if it is about time or order. */
  static Optional<String> whyNoSensor(Column column) {
    TimeName name = name(column);
    ColumnFacts facts = column.facts();
    boolean isTime = name.isUsual() ? facts.areTimes() : name.isVague() && facts.areEpochs();
    if (isTime || facts.areDates()) {
      return Optional.of("another column of times");
    }
    return name.isVague() && facts.areRowNumbers()
        ? Optional.of("numbers of the rows")
        : Optional.empty();
  }
}
