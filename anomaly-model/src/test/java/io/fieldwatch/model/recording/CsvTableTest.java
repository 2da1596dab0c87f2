package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theSeparatorIsFound(String separator) throws IOException {
    // When
    CsvTable csv = read("time,a,b,anomaly\n1000,1.5,2,0\n1001,-3,4e2,1\n".replace(",", separator));

    // Then
    assertThat(csv.table().sensors()).containsExactly("a", "b");
    assertThat(csv.table().timesMillis()).containsExactly(1_000_000, 1_001_000);
    assertThat(csv.table().values(0)).containsExactly(1.5, -3);
    assertThat(csv.table().values(1)).containsExactly(2, 400);
    assertThat(csv.labels().orElseThrow()).containsExactly(0, 1);
    assertThat(csv.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2014-04-01 00:00:01, 1396310401000",
    "2014-04-01T00:00:01Z, 1396310401000",
    "2014-04-01T02:00:01.25+02:00, 1396310401250",
    "2014-04-01 00:00:01.000000, 1396310401000",
    "2014-04-01 00:01, 1396310460000",
    "2014-04-01, 1396310400000",
    "1396310401, 1396310401000",
    "1396310401.25, 1396310401250",
    "1396310401250, 1396310401250",
    "7, 7000",
    "-1.5, -1500",
  })
  void timesAreReadAsPeopleAndProgramsWriteThem(String text, long millis) {
    assertThat(RowTime.parse(text)).contains(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "noon", "NaN", "1e300", "2014-13-01", "2014-04-01 25:00", "2014-"})
  void whatIsNoTimeIsNone(String text) {
    assertThat(RowTime.parse(text)).isEmpty();
  }

  @Test
  void eachProblemCostsItselfAndIsCounted() throws IOException {
    // When
    CsvTable csv =
        read(
            """
            time,a,late,anomaly
            10,1,,0
            11,two,,0
            12,1
            noon,1,1,0
            13,NaN,,1
            14,-inf,1e999,0.0
            13,1e300,2,1.0

            13,1,3,maybe
            """);

    // Then
    assertThat(csv.fileRows()).isEqualTo(8);
    assertThat(csv.table().rows()).isEqualTo(6);
    assertThat(csv.fileRow(2)).isEqualTo(4);
    assertThat(csv.table().values(0))
        .containsExactly(1, Double.NaN, Double.NaN, Double.NaN, 1e300, 1);
    assertThat(csv.labels().orElseThrow()).containsExactly(0, 0, 1, 0, 1, CsvTable.UNKNOWN);
    assertThat(csv.refused()).isEqualTo(2);
    assertThat(csv.problems())
        .isEqualTo(
            Map.of(
                RowProblem.WRONG_CELLS, 1,
                RowProblem.NO_TIME, 1,
                RowProblem.NO_READING, 3,
                RowProblem.NO_NUMBER, 1,
                RowProblem.NOT_FINITE, 3,
                RowProblem.TIME_BACK, 1,
                RowProblem.TIME_AGAIN, 1,
                RowProblem.OTHER_LABEL, 1));
  }

  @Test
  void quotesDecimalCommasAMarkAndEqualNamesAreUnderstood() throws IOException {
    // When
    CsvTable csv = read("\uFEFF\"Timestamp\";\"a;b\";x;x\n1;\"1,5\";\"2\";3\n");

    // Then
    assertThat(csv.table().sensors()).containsExactly("a;b", "x", "x-4");
    assertThat(csv.table().values(0)).containsExactly(1.5);
  }

  @Test
  void columnsThatAreNoSensorsCanBeLeftOut() throws IOException {
    BufferedReader file = new BufferedReader(new StringReader("t,a,changepoint\n1,2,3\n"));

    CsvTable csv = CsvTable.read("d", file, Set.of("changepoint"));

    assertThat(csv.table().sensors()).containsExactly("a");
    assertThat(csv.labels()).isEmpty();
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedWithASentence() {
    assertThatThrownBy(() -> read("")).hasMessage("Cannot read 'd': it is empty");
    assertThatThrownBy(() -> read("a,b\n1,2\n"))
        .hasMessage(
            "Cannot read 'd': its header names no column of times, such as time or timestamp");
    assertThatThrownBy(() -> read("time,anomaly\n1,2\n"))
        .hasMessage("Cannot read 'd': its header names no sensor");
  }

  private static CsvTable read(String text) throws IOException {
    return CsvTable.read("d", new BufferedReader(new StringReader(text)), Set.of());
  }
}
