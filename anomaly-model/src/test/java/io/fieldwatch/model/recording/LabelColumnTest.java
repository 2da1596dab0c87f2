package io.fieldwatch.model.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelColumnTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "anomaly",
        "Anomaly",
        "is_anomaly",
        "isAnomaly",
        "Label",
        "labels",
        "attack",
        "Outlier",
        "fault",
        "changepoint",
        "class",
        "target",
        "ground_truth",
        "Normal/Attack"
      })
  void aColumnOfZerosAndOnesWithAUsualNameIsTheLabel(String name) throws IOException {
    // When
    CsvTable csv = read("time,a," + name + "\n1,5,0\n2,6,1\n3,5,0\n");

    // Then
    assertThat(csv.labels().orElseThrow()).containsExactly(0, 1, 0);
    assertThat(csv.layout().label()).contains(name);
    assertThat(csv.table().sensors()).containsExactly("a");
  }

  @Test
  void besideAnomalyOtherUsualNamesAreNeitherLabelNorSensor() throws IOException {
    // When
    CsvTable csv = read("time,changepoint,a,Anomaly,class\n1,1,5,0,3\n2,0,6,1,4\n");

    // Then
    assertThat(csv.labels().orElseThrow()).containsExactly(0, 1);
    assertThat(csv.table().sensors()).containsExactly("a");
    assertThat(csv.layout().leftOut())
        .isEqualTo(Map.of("changepoint", "named as labels are", "class", "named as labels are"));
  }

  @Test
  void ofSeveralThatMayBeTheLabelNoneIs() throws IOException {
    // When
    CsvTable csv = read("time,a,attack,fault\n1,5,0,0\n2,6,1,0\n");

    // Then
    assertThat(csv.labels()).isEmpty();
    assertThat(csv.table().sensors()).containsExactly("a");
    assertThat(csv.layout().leftOut().values())
        .containsExactly(
            "one of several that may be the label", "one of several that may be the label");
  }

  @Test
  void aUsualNameWithOtherValuesIsNeither() throws IOException {
    // When
    CsvTable csv = read("time,a,target,label\n1,5,20.5,normal\n2,6,21,attack\n");

    // Then
    assertThat(csv.labels()).isEmpty();
    assertThat(csv.table().sensors()).containsExactly("a");
    assertThat(csv.layout().leftOut().keySet()).containsExactly("target", "label");
  }

  @Test
  void zerosAndOnesByAnotherNameAreASensorUnlessTheUserSaysOtherwise() throws IOException {
    // Given
    String text = "time,a,valve,anomaly\n1,5,0,0\n2,6,1,0\n";
    ColumnWishes wishes = new ColumnWishes(Optional.empty(), Optional.of("Valve"), Set.of());

    // When
    CsvTable asFound = read(text);
    CsvTable asAsked = CsvTableTest.read(text, wishes);

    // Then
    assertThat(asFound.table().sensors()).containsExactly("a", "valve");
    assertThat(asFound.labels().orElseThrow()).containsExactly(0, 0);
    assertThat(asAsked.table().sensors()).containsExactly("a");
    assertThat(asAsked.labels().orElseThrow()).containsExactly(0, 1);
    assertThat(asAsked.layout().leftOut()).isEqualTo(Map.of("anomaly", "named as labels are"));
  }

  @Test
  void emptyIsNormalWhereNothingButOnesIsWritten() throws IOException {
    // When
    CsvTable ones = read("time,a,anomaly\n1,5,\n2,6,1\n3,5,\n");
    CsvTable both = read("time,a,anomaly\n1,5,\n2,6,1\n3,5,0\n");

    // Then
    assertThat(ones.labels().orElseThrow()).containsExactly(0, 1, 0);
    assertThat(ones.problems()).isEmpty();
    assertThat(ones.notes()).containsExactly("labels are 1 or empty: empty is read as 0");
    assertThat(both.labels().orElseThrow()).containsExactly(CsvTable.UNKNOWN, 1, 0);
    assertThat(both.problems()).isEqualTo(Map.of(RowProblem.OTHER_LABEL, 1));
  }

  @Test
  void trueAndFalseAreOneAndZero() throws IOException {
    CsvTable csv = read("time,a,outlier\n1,5,False\n2,6,TRUE\n");

    assertThat(csv.labels().orElseThrow()).containsExactly(0, 1);
  }

  private static CsvTable read(String text) throws IOException {
    return CsvTableTest.read(text, ColumnWishes.NONE);
  }
}
