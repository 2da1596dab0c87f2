package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(csv.notes()).isEmpty();
  }

  @Test
  void separatorsInNamesAndNumbersDeceiveNobody() throws IOException {
    // When
    CsvTable quoted = read("\"time\";\"Temp, a, b\";\"x\"\n1;2,5;3\n");
    CsvTable bare = read("time;Temp, a, b;x\n1;2,5;3,5\n");

    // Then
    assertThat(quoted.table().sensors()).containsExactly("Temp, a, b", "x");
    assertThat(quoted.table().values(0)).containsExactly(2.5);
    assertThat(bare.table().sensors()).containsExactly("Temp, a, b", "x");
    assertThat(bare.table().values(1)).containsExactly(3.5);
  }

  @Test
  void commasInNumbersAreDecimalMarksOrBetweenThousandsByTheWholeColumn() throws IOException {
    // When
    CsvTable csv =
        read(
            """
            time,decimals,thousands,mixed
            1,"1,5","1,234",1.5
            2,"-2,250",999,"1,5"
            3,7,"12,345.5",2.5
            """);

    // Then
    assertThat(csv.table().values(0)).containsExactly(1.5, -2.25, 7);
    assertThat(csv.table().values(1)).containsExactly(1234, 999, 12_345.5);
    assertThat(csv.table().values(2)).containsExactly(1.5, Double.NaN, 2.5);
    assertThat(csv.problems()).containsExactly(Map.entry(RowProblem.NO_NUMBER, 1));
    assertThat(csv.notes())
        .containsExactly("commas in numbers are read as decimal marks, or between thousands");
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
  void emptyCellsBehindTheLastColumnAreDropped() throws IOException {
    // When
    CsvTable csv = read("time,a\n1,5,\n2,6,,\n3,7\n4,8,9\n");

    // Then
    assertThat(csv.table().values(0)).containsExactly(5, 6, 7);
    assertThat(csv.problems())
        .isEqualTo(Map.of(RowProblem.SURPLUS_CELLS, 2, RowProblem.WRONG_CELLS, 1));
  }

  @Test
  void namesOfRowsWithoutANameOfTheirOwnAreNoSensor() throws IOException {
    // When: as R writes it
    CsvTable csv = read("\"time\",\"a\"\n\"1\",10,5\n\"2\",20,6\n\"3\",30,7\n");

    // Then
    assertThat(csv.table().timesMillis()).containsExactly(10_000, 20_000, 30_000);
    assertThat(csv.table().sensors()).containsExactly("a");
    assertThat(csv.layout().leftOut()).isEqualTo(Map.of("column-1", "numbers of the rows"));
    assertThat(csv.problems()).isEmpty();
  }

  @Test
  void everySensorHasANameOfItsOwn() throws IOException {
    // When
    CsvTable csv = read("time,v,v-4,v\n1,5,6,7\n");

    // Then
    assertThat(csv.table().sensors()).containsExactly("v", "v-4", "v-4-4");
  }

  @Test
  void aFileWithoutAHeaderIsReadFromItsFirstLineOn() throws IOException {
    // When
    CsvTable csv = read("2014-04-01,5\n2014-04-02,7\n");
    CsvTable counted = read("0,1\n5,6\n");

    // Then
    assertThat(csv.fileRows()).isEqualTo(2);
    assertThat(csv.table().sensors()).containsExactly("column-2");
    assertThat(csv.notes().get(0)).startsWith("the first line is no header");
    assertThat(counted.table().sensors()).containsExactly("0", "1");
  }

  @Test
  void oneByteThatIsNoUtf8CostsNothingElse(@TempDir Path folder) throws IOException {
    // Given
    Path file = folder.resolve("latin1.csv");
    Files.write(file, "time,Temp (°C),b\n1,20,5\n2,2°1,6\n".getBytes(StandardCharsets.ISO_8859_1));

    // When
    CsvTable csv = CsvTable.read("d", file);

    // Then
    assertThat(csv.table().sensors()).containsExactly("Temp (\uFFFDC)", "b");
    assertThat(csv.table().values(1)).containsExactly(5, 6);
    assertThat(csv.problems()).isEqualTo(Map.of(RowProblem.NOT_UTF8, 2, RowProblem.NO_NUMBER, 1));
  }

  @Test
  void columnsThatAreNothingAreLeftOutWithAReason() throws IOException {
    // When
    CsvTable csv =
        read(
            """
            Unnamed: 0,timestamp,a,note,void,installed,ts
            0,2014-04-01 00:00:00,1.5,good,,2014-01-01,1396310400
            1,2014-04-01 00:00:10,1.25,bad,,2014-01-01,1396310410
            2,2014-04-01 00:00:20,1,good,,2014-01-01,1396310420
            """);

    // Then
    assertThat(csv.layout())
        .isEqualTo(
            new Layout(
                "timestamp",
                Optional.empty(),
                List.of("a"),
                Map.of(
                    "Unnamed: 0", "numbers of the rows",
                    "note", "holds no numbers",
                    "void", "empty",
                    "installed", "another column of times",
                    "ts", "another column of times")));
    assertThat(csv.hasColumn("NOTE")).isTrue();
    assertThat(csv.hasColumn("b")).isFalse();
  }

  @Test
  void columnsThatAreNoSensorsCanBeLeftOut() throws IOException {
    // When
    CsvTable csv =
        read(
            "t,a,b,changepoint\n1,2,3,0\n",
            new ColumnWishes(Optional.empty(), Optional.empty(), Set.of("changepoint", "B")));

    // Then
    assertThat(csv.table().sensors()).containsExactly("a");
    assertThat(csv.labels()).isEmpty();
    assertThat(csv.layout().leftOut())
        .isEqualTo(Map.of("b", "as asked", "changepoint", "as asked"));
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedWithASentence() {
    assertThatThrownBy(() -> read("")).hasMessage("Cannot read 'd': it is empty");
    assertThatThrownBy(() -> read("time,anomaly\n1,2\n"))
        .hasMessage("Cannot read 'd': its header names no sensor");
    assertThatThrownBy(() -> read("time,a\n1,on\n2,off\n"))
        .hasMessage(
            "Cannot read 'd': no column holds numbers of a sensor: line 2 has 'on' in column a");
  }

  @Test
  void aFileOfWhichNoRowCanBeUsedIsRefusedWithTheFirstBadCell() {
    assertThatThrownBy(() -> read("time,a\nnoon,1\nlater,2\n"))
        .hasMessage(
            "Cannot read 'd': none of its 2 rows can be used; line 2 has 'noon' in time, which is no"
                + " time");
    assertThatThrownBy(() -> read("time,a\n1,NaN\n2,\n"))
        .hasMessage("Cannot read 'd': none of its 2 rows can be used; line 2 has 'NaN' in a");
    assertThatThrownBy(() -> read("time,a\n\n1,2,3\n2\n3,4,5\n4,5,6,7\n"))
        .hasMessage(
            "Cannot read 'd': none of its 4 rows can be used; line 3 has 3 cells, the header 2");
  }

  private static CsvTable read(String text) throws IOException {
    return read(text, ColumnWishes.NONE);
  }

  static CsvTable read(String text, ColumnWishes wishes) throws IOException {
    return CsvTable.read("d", () -> new BufferedReader(new StringReader(text)), wishes);
  }
}
