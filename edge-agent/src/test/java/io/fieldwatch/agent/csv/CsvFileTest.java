package io.fieldwatch.agent.csv;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {
  private final Path folder;

  CsvFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsOneReadingACell() throws Exception {
    // When
    List<Row> rows = rows("time,temperature,humidity\n1700000000000,21.5,40\n1700000001000,,41\n");

    // Then
    assertThat(rows)
        .containsExactly(
            new Row(
                1700000000000L,
                List.of(
                    new Reading("temperature", 1700000000000L, 21.5, ""),
                    new Reading("humidity", 1700000000000L, 40, ""))),
            new Row(1700000001000L, List.of(new Reading("humidity", 1700000001000L, 41, ""))));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000, 1700000000000",
    "1700000000.25, 1700000000250",
    "1700000000123, 1700000000123",
    "2023-11-14T22:13:20Z, 1700000000000",
    "2023-11-14 22:13:20, 1700000000000",
    "2023-11-14 22:13:20.5, 1700000000500",
    "2023-11-14T23:13:20+01:00, 1700000000000",
    "2023-11-14 22:13, 1699999980000"
  })
  void understandsTimes(String text, long millis) {
    assertThat(TimeText.toMillis(text)).hasValue(millis);
  }

  @ParameterizedTest
  @CsvSource({"12", "1.5", "yesterday", "1970-01-01T00:00:00Z", "2023-13-01T00:00:00Z"})
  void knowsWhatIsNoTime(String text) {
    assertThat(TimeText.toMillis(text)).isEmpty();
  }

  @Test
  void findsDelimiterTimeColumnAndNamesByItself() throws Exception {
    // Given
    Path file = write("\uFEFFvalue one;\"when; really\";anomaly\n1.5;2023-11-14 22:13:20;0\n");

    // When
    try (CsvFile csv = CsvFile.open(file, Set.of("anomaly"))) {
      // Then
      assertThat(csv.sensors()).containsExactly("value_one");
      assertThat(csv.next().orElseThrow().timeMillis()).isEqualTo(1700000000000L);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time,a~1700000000|Cannot read line 2: it has 1 cells, expected 2",
        "time,a~1700000000,x|Cannot read line 2, column 'a': 'x', expected a number",
        "time,a~1700000000,Infinity|Cannot read line 2, column 'a': 'Infinity', expected a finite number",
        "time,a~soon,1|Cannot read line 2, column 'time': 'soon', expected a time from 1978 to 9999",
        "a,b~1,2|Cannot find the time column: none is named time, timestamp, datetime, date or ts, and none begins with a time",
        "time~1700000000|Cannot read CSV: there is no column beside the time",
        "time,a,a~1700000000,1,2|Cannot read CSV: two columns have the same name [a, a]",
      })
  void saysWhatIsWrong(String content, String message) {
    assertThatThrownBy(() -> rows(content.replace('~', '\n')))
        .isInstanceOf(FileRejectedException.class)
        .hasMessage(message);
  }

  @Test
  void refusesARowOfMoreReadingsThanAPackHolds() throws Exception {
    // Given
    String names = IntStream.range(0, 1001).mapToObj(i -> ",s" + i).collect(joining());
    String header = "time" + names;

    // When
    List<Row> sparse = rows(header + "\n1700000000" + ",1".repeat(1000) + ",\n");

    // Then
    assertThat(sparse.get(0).readings()).hasSize(1000);
    assertThatThrownBy(() -> rows(header + "\n1700000000" + ",1".repeat(1001) + "\n"))
        .isInstanceOf(FileRejectedException.class)
        .hasMessage("Cannot read line 2: it has 1001 readings, a pack holds 1000 at most");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), content);
  }

  private List<Row> rows(String content) throws IOException, FileRejectedException {
    List<Row> rows = new ArrayList<>();
    try (CsvFile csv = CsvFile.open(write(content), Set.of())) {
      for (Optional<Row> row = csv.next(); row.isPresent(); row = csv.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }
}
