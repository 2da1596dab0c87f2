package io.fieldwatch.model.recording;

import java.util.Optional;

/**
 * What the cells of one column look like, taken in one after the other. It knows nothing of other
 * columns. Not thread safe.
 */
final class ColumnFacts {
  /** So much of a column speaks for the whole; single cells may be broken. */
  private static final double MOST = 0.9;

  /** As seconds it is 1973. */
  private static final double LEAST_EPOCH = 1e8;

  /** Of so many steps in order one may go the other way: a clock that was set. */
  private static final int STEPS_IN_ORDER = 100;

  private final int[] units = new int[EpochUnit.values().length];
  private int filled;
  private int numbers;
  private int zeros;
  private int ones;
  private int dates;
  private int days;
  private int clocks;
  private int points;
  private int commas;
  private int grouped;
  private boolean mustBeGroups;
  private int openOrders;
  private int firstAbove12;
  private int middleAbove12;
  private int firstChanges;
  private int middleChanges;
  private int lastFirst;
  private int lastMiddle;
  private int epochs;
  private int up;
  private int down;
  private int again;
  private int byOne;
  private double last = Double.NaN;
  private String firstWord = "";
  private int firstWordLine;

  /** Takes a cell of a line of the file in. */
  void add(String cell, int line) {
    if (cell.isEmpty()) {
      return;
    }
    filled++;
    Optional<Double> number = number(cell);
    if (number.isPresent()) {
      addNumber(number.get());
    } else {
      addText(cell, line);
    }
  }

  private Optional<Double> number(String cell) {
    Optional<Double> plain = NumberForm.POINT.number(cell);
    if (plain.isPresent()) {
      points += cell.indexOf('.') >= 0 ? 1 : 0;
      return plain;
    }
    int comma = cell.indexOf(',');
    if (comma < 0) {
      return plain;
    }
    boolean mayBeGroups = NumberForm.isGrouped(cell);
    boolean cannotBeDecimal = cell.indexOf(',', comma + 1) >= 0 || cell.indexOf('.') >= 0;
    NumberForm form = mayBeGroups && cannotBeDecimal ? NumberForm.GROUPS : NumberForm.DECIMAL_COMMA;
    Optional<Double> number = form.number(cell);
    if (number.isPresent()) {
      commas++;
      grouped += mayBeGroups ? 1 : 0;
      mustBeGroups |= form == NumberForm.GROUPS;
    }
    return number;
  }

  private void addNumber(double number) {
    numbers++;
    zeros += number == 0 ? 1 : 0;
    ones += number == 1 ? 1 : 0;
    if (!Double.isFinite(number)) {
      return;
    }
    units[EpochUnit.of(number).ordinal()]++;
    epochs += Math.abs(number) >= LEAST_EPOCH ? 1 : 0;
    up += number > last ? 1 : 0;
    down += number < last ? 1 : 0;
    again += number == last ? 1 : 0;
    byOne += number == last + 1 ? 1 : 0;
    last = number;
  }

  private void addText(String cell, int line) {
    Optional<DateText> date = DateText.of(cell);
    if (date.isPresent()) {
      dates++;
      days += date.get().clockMillis().isEmpty() ? 1 : 0;
      if (date.get().isOrderOpen()) {
        addOpenOrder(date.get().first(), date.get().middle());
      }
    } else {
      clocks += DateText.isClock(cell) ? 1 : 0;
      if (firstWord.isEmpty()) {
        firstWord = cell;
        firstWordLine = line;
      }
    }
  }

  private void addOpenOrder(int first, int middle) {
    openOrders++;
    firstAbove12 += first > 12 ? 1 : 0;
    middleAbove12 += middle > 12 ? 1 : 0;
    firstChanges += first != lastFirst ? 1 : 0;
    middleChanges += middle != lastMiddle ? 1 : 0;
    lastFirst = first;
    lastMiddle = middle;
  }

  /** Whether there are no cells but empty ones. */
  boolean isEmpty() {
    return filled == 0;
  }

  /** Whether some cells are numbers, be it NaN. */
  boolean hasNumbers() {
    return numbers > 0;
  }

  /** Whether every cell that is not empty is 0, 1, false or true, and there is one. */
  boolean isBinary() {
    return filled > 0 && zeros + ones == filled;
  }

  /** Whether every cell that is not empty is 1 or true, and there is one. */
  boolean isOnlyOnes() {
    return filled > 0 && ones == filled;
  }

  /** Whether the cells are dates as text. */
  boolean areDates() {
    return filled > 0 && dates >= MOST * filled;
  }

  /** Whether the cells are dates without a time of day. */
  boolean areDays() {
    return filled > 0 && days >= MOST * filled;
  }

  /** Whether the cells are times of day. */
  boolean areClocks() {
    return filled > 0 && clocks >= MOST * filled;
  }

  private boolean areNumbers() {
    return filled > 0 && numbers >= MOST * filled;
  }

  /** Whether the cells are numbers so great that few things but the times of an epoch are. */
  boolean areEpochs() {
    return filled > 0 && epochs >= MOST * filled;
  }

  /** Whether the cells are numbers that rise or fall, all the way and mostly at every step. */
  private boolean areInOrder() {
    int steps = up + down + again;
    return areNumbers()
        && STEPS_IN_ORDER * (long) Math.min(up, down) <= steps
        && 2L * (up + down) >= steps;
  }

  /** Whether the cells are dates, times of an epoch, or numbers in order. */
  boolean areTimes() {
    return areDates() || areEpochs() || areInOrder();
  }

  /** Whether each number is greater by one than the one above. */
  boolean areRowNumbers() {
    return areNumbers() && byOne > 0 && byOne == up + down + again;
  }

  /**
   * How commas in the column's numbers are meant. Where all of them may stand between groups of
   * three digits, as in 1,234, they do if one must, or if commas separate cells too: then decimals
   * have a point.
   */
  NumberForm form(Cells cells) {
    boolean areGroups = grouped == commas && (mustBeGroups || cells.areSeparatedByCommas());
    if (commas == 0 || (!areGroups && points > 0 && cells.areSeparatedByCommas())) {
      return NumberForm.POINT;
    }
    return areGroups ? NumberForm.GROUPS : NumberForm.DECIMAL_COMMA;
  }

  /** What most of the numbers count, by their size, if they are times of an epoch. */
  EpochUnit unit() {
    EpochUnit most = EpochUnit.SECONDS;
    for (EpochUnit unit : EpochUnit.values()) {
      most = units[unit.ordinal()] > units[most.ordinal()] ? unit : most;
    }
    return most;
  }

  /** Whether there are dates such as 3/4/2014, whose order nothing but other cells tells. */
  boolean hasOpenOrders() {
    return openOrders > 0;
  }

  /** Whether some date can only be read in one order. */
  boolean isOrderCertain() {
    return firstAbove12 > 0 || middleAbove12 > 0;
  }

  /** The order of dates such as 3/4/2014; where it is not certain, days change more than months. */
  DateOrder order() {
    boolean isDayFirst = isOrderCertain() ? middleAbove12 == 0 : firstChanges > middleChanges;
    return isDayFirst ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
  }

  /** The first cell that is neither a number nor a date, with its line; empty if all are. */
  String firstWord() {
    return firstWord.isEmpty() ? "" : "line %d has '%s'".formatted(firstWordLine, firstWord);
  }
}
