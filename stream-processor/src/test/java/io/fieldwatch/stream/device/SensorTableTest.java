package io.fieldwatch.stream.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.window.SensorKind;
import org.junit.jupiter.api.Test;

class SensorTableTest {
  private static final SensorFacts FACTS = new SensorFacts("", SensorKind.GAUGE, 0);

  /** More than are looked for one by one. */
  private static final int MANY = 20;

  @Test
  void aSensorThatACopyIsGivenIsTheCopysOnly() {
    // Given
    SensorTable original = tableOf(MANY);

    // When
    SensorTable copy = original.copy();
    copy.add(sensor("new"));

    // Then
    assertThat(copy.find("new", 0)).isEqualTo(MANY);
    assertThat(original.find("new", 0)).isEqualTo(-1);
  }

  @Test
  void aSensorThatTheOriginalIsGivenIsNotTheCopys() {
    // Given
    SensorTable original = tableOf(MANY);

    // When
    SensorTable copy = original.copy();
    original.add(sensor("new"));

    // Then
    assertThat(copy.find("new", 0)).isEqualTo(-1);
  }

  @Test
  void sensorsOfWhichTheSameIsKnownShareIt() {
    // Given
    SensorTable table = tableOf(2);
    SensorFacts celsius = new SensorFacts("Cel", SensorKind.GAUGE, 0);
    table.get(1).know(celsius);

    // Then
    assertThat(table.shared(new SensorFacts("Cel", SensorKind.GAUGE, 0))).isSameAs(celsius);
    SensorFacts pascal = new SensorFacts("Pa", SensorKind.GAUGE, 0);
    assertThat(table.shared(pascal)).isSameAs(pascal);
  }

  private static SensorTable tableOf(int sensors) {
    SensorTable table = new SensorTable();
    for (int i = 0; i < sensors; i++) {
      table.add(sensor("s" + i));
    }
    return table;
  }

  private static SensorState sensor(String name) {
    return new SensorState(new Object(), name, FACTS, 1);
  }
}
