package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {
  private static final long HOUR = 3_600_000;

  @Test
  void rowsInOrderStayAsTheyAreEvenIfAClockIsSetBackNowAndThen() {
    // Given
    long[] times = LongStream.range(0, 40).map(i -> i % 15 * 1000).toArray();

    // When
    RowOrder order = new RowOrder(times);

    // Then
    assertThat(order.timesMillis()).isEqualTo(times);
    assertThat(order.rows()).startsWith(0, 1, 2).endsWith(38, 39);
    assertThat(order.notes()).isEmpty();
  }

  @Test
  void newestFirstIsTurnedRound() {
    // When: with two rows of one time
    RowOrder order = new RowOrder(new long[] {40, 30, 20, 20, 10});

    // Then
    assertThat(order.rows()).containsExactly(4, 3, 2, 1, 0);
    assertThat(order.timesMillis()).containsExactly(10, 20, 20, 30, 40);
    assertThat(order.notes())
        .containsExactly("rows stand newest first: they are scored from the oldest on");
  }

  @Test
  void shuffledRowsAreTakenByTime() {
    // When
    RowOrder order = new RowOrder(new long[] {5, 1, 4, 2, 3, 9, 0, 9});

    // Then
    assertThat(order.rows()).containsExactly(6, 1, 3, 4, 2, 0, 5, 7);
    assertThat(order.timesMillis()).isSorted();
    assertThat(order.notes())
        .containsExactly("rows stand in no order of time: they are scored by time");
  }

  @Test
  void rowsThatShareATimeAreSetApartByTheirShareOfTheUsualStep() {
    // Given: four rows a day, once five
    long[] times = LongStream.range(0, 17).map(i -> Math.min(3, i / 4) * 24 * HOUR).toArray();

    // When
    RowOrder order = new RowOrder(times);

    // Then
    assertThat(order.timesMillis()[4]).isEqualTo(24 * HOUR);
    assertThat(order.timesMillis()[5] - order.timesMillis()[4]).isBetween(5 * HOUR, 6 * HOUR);
    assertThat(order.timesMillis()).doesNotHaveDuplicates().isSorted();
    assertThat(order.notes())
        .containsExactly("most rows have the time of the row above: they are set apart evenly");
  }

  @Test
  void timesTooCoarseToBeSetApartAreNumbers() {
    // Given: 10 kHz in whole milliseconds
    long[] fast = LongStream.range(0, 40).map(i -> 7 + i / 10).toArray();

    // When
    RowOrder order = new RowOrder(fast);
    RowOrder same = new RowOrder(new long[] {7, 7, 7});

    // Then
    assertThat(order.timesMillis()).startsWith(7, 1007, 2007).endsWith(39_007);
    assertThat(same.timesMillis()).containsExactly(7, 1007, 2007);
    assertThat(order.notes())
        .containsExactly(
            "most rows have the time of the row above: rows are numbered, a second each");
  }

  @Test
  void nothingAndOneRowAreInOrder() {
    assertThat(new RowOrder(new long[0]).rows()).isEmpty();
    assertThat(new RowOrder(new long[] {5}).timesMillis()).containsExactly(5);
  }
}
