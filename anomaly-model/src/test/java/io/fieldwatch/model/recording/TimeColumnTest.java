package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeColumnTest {
  private static final long SECOND = 1000;

  @ParameterizedTest
  @CsvSource({
    "timestamp, 60000",
    "Date Time, 60000",
    "time (s), 60000",
    "Time [min], 3600000",
    "time_ms, 60",
    "ts, 60000",
    "t, 60000",
    "index, 60000",
    "Unnamed: 0, 60000",
    "'', 60000",
  })
  void aUsualOrVagueNameOverNumbersInOrderIsTheTime(String name, long second) throws IOException {
    // When
    CsvTable csv = read(name + ",a\n0,5\n60,7\n120,6\n");

    // Then
    assertThat(csv.table().timesMillis()).containsExactly(0, second, 2 * second);
    assertThat(csv.table().sensors()).containsExactly("a");
  }

  @Test
  void vagueNamesAreSensorsWhereTheyHoldNoTimes() throws IOException {
    // When
    CsvTable beside = read("t,time\n20.5,1\n20.1,2\n20.7,3\n");
    CsvTable alone = read("t,p\n20.5,1\n20.1,1\n20.7,3\n20.2,9\n");

    // Then
    assertThat(beside.layout().times()).isEqualTo("time in seconds");
    assertThat(beside.table().sensors()).containsExactly("t");
    assertThat(alone.layout().times()).isEqualTo("numbers of the rows");
    assertThat(alone.table().sensors()).containsExactly("t", "p");
  }

  @Test
  void withoutTimesRowsAreNumberedASecondEachAndThatIsSaid() throws IOException {
    // When
    CsvTable csv = read("a,b\n1,2\n9,8,7\n3,2\n");

    // Then
    assertThat(csv.table().timesMillis()).containsExactly(0, 2 * SECOND);
    assertThat(csv.notes().get(0)).startsWith("no column holds times: rows are numbered");
  }

  @Test
  void theUserMayNameTheColumn() throws IOException {
    // Given
    String text = "time,a,clock\n1,2,10\n2,3,20\n";
    ColumnWishes wishes = new ColumnWishes(Optional.of("Clock"), Optional.empty(), Set.of());

    // When
    CsvTable csv = CsvTableTest.read(text, wishes);

    // Then
    assertThat(csv.table().timesMillis()).containsExactly(10 * SECOND, 20 * SECOND);
    assertThat(csv.table().sensors()).containsExactly("a");
    assertThat(csv.layout().leftOut()).isEqualTo(Map.of("time", "another column of times"));
  }

  @Test
  void aDateAndATimeOfDayAreJoinedAndTheFileTellsDayFromMonth() throws IOException {
    // When: semicolons at the end of each line, and decimal commas
    CsvTable csv = read("Date;Time;CO(GT);;\n10/03/2004;18.00.00;2,6;;\n13/03/2004;19.00.00;2;;\n");

    // Then
    assertThat(csv.table().timesMillis())
        .containsExactly(millis("2004-03-10T18:00:00Z"), millis("2004-03-13T19:00:00Z"));
    assertThat(csv.table().values(0)).containsExactly(2.6, 2);
    assertThat(csv.layout().times()).isEqualTo("Date and Time");
    assertThat(csv.layout().leftOut()).isEqualTo(Map.of("column-4", "empty", "column-5", "empty"));
    assertThat(csv.notes())
        .contains(
            "dates such as 3/4/2014 are read with the day first: some first number is above 12");
  }

  @Test
  void whereNoNumberTellsDaysChangeMoreThanMonthsAndThatIsSaid() throws IOException {
    // When
    CsvTable one = read("date,a\n3/4/2014,1\n");
    CsvTable monthFirst = read("date,a\n3/4/2014,1\n3/5/2014,2\n");
    CsvTable dayFirst = read("date,a\n3/4/2014,1\n4/4/2014,2\n5/4/2014,2\n");
    CsvTable certain = read("date,a\n3/31/2014,1\n4/1/2014,2\n");

    // Then
    assertThat(one.table().timesMillis()[0]).isEqualTo(millis("2014-03-04T00:00:00Z"));
    assertThat(monthFirst.table().timesMillis()[1]).isEqualTo(millis("2014-03-05T00:00:00Z"));
    assertThat(monthFirst.notes())
        .containsExactly(
            "dates such as 3/4/2014 are read with the month first: no number is above 12, and days"
                + " change more often than months");
    assertThat(dayFirst.table().timesMillis()[2]).isEqualTo(millis("2014-04-05T00:00:00Z"));
    assertThat(dayFirst.notes().get(0)).contains("with the day first: no number is above 12");
    assertThat(certain.table().timesMillis()[1]).isEqualTo(millis("2014-04-01T00:00:00Z"));
    assertThat(certain.notes()).isEmpty();
  }

  @Test
  void timesOfAnEpochMayHaveADecimalComma() throws IOException {
    CsvTable csv = read("time;a\n1396310401,25;1\n1396310402,5;2\n");

    assertThat(csv.table().timesMillis()).containsExactly(1_396_310_401_250L, 1_396_310_402_500L);
  }

  @Test
  void everyNumberOfAFileCountsTheSameUnit() throws IOException {
    // Given: the first two would be seconds by their size
    String text = "time,a\n0,1\n40000000000,2\n1500000000000000,3\n1500040000000000,4\n";

    // When
    CsvTable csv = read(text + "1500080000000000,5\n");

    // Then: microseconds, as most of them are by theirs
    assertThat(csv.table().timesMillis())
        .containsExactly(0, 40_000_000, 1_500_000_000_000L, 1_500_040_000_000L, 1_500_080_000_000L);
    assertThat(csv.layout().times()).isEqualTo("time in microseconds");
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static CsvTable read(String text) throws IOException {
    return CsvTableTest.read(text, ColumnWishes.NONE);
  }
}
