package io.fieldwatch.stream.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.window.Aggregate;
import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensorStateTest {
  private static final WindowSpec SPEC = WindowSpec.tumbling(Duration.ofSeconds(10));
  private static final long T0 = 1_700_000_000_000L;
  private static final int QUIET = Emission.DEFAULT.quietWindows();

  private final SensorState sensor =
      new SensorState(new Object(), "s", new SensorFacts("", SensorKind.GAUGE, 0), 1);

  @Test
  void whatBecomesWorseInTheRefractoryPeriodIsToldAtItsEndAlsoAcrossARestart() throws IOException {
    // Given
    assertThat(alarms(sensor, 0, 1, 0.6)).containsExactly(0);
    assertThat(alarms(sensor, 1, 5, 0.9)).isEmpty();

    // When
    SensorState read = read(bytes(sensor));

    // Then
    assertThat(bytes(read)).isEqualTo(bytes(sensor));
    assertThat(alarms(read, 5, QUIET + 20, 0.9)).containsExactly(QUIET);
  }

  @Test
  void anEventOfAnOlderVersionIsQuietUntilItWouldBeOver() throws IOException {
    // Given: told, or seen again, by window 4
    WireWriter old = new WireWriter();
    old.text(1, "s");
    old.bytes(3, SensorKind.GAUGE.name().getBytes(UTF_8));
    old.signed(5, start(4));
    old.signed(8, start(4 + QUIET));
    old.signed(9, Double.doubleToRawLongBits(0.6));

    // When
    SensorState read = read(old.toByteArray());

    // Then
    assertThat(alarms(read, 5, QUIET + 20, 0.9)).containsExactly(4 + QUIET);
    assertThat(alarms(read(old.toByteArray()), 5, QUIET + 20, 0.55))
        .as("what does not become worse stays one event")
        .isEmpty();
  }

  @Test
  void aSensorWithoutAnEventWritesNoneAndIsReadWithoutOne() throws IOException {
    assertThat(alarms(sensor, 0, 5, 0.1)).isEmpty();

    WireReader in = new WireReader(bytes(sensor));
    List<Integer> fields = new ArrayList<>();
    while (in.next()) {
      fields.add(in.field());
      in.skip();
    }

    assertThat(fields).doesNotContain(8, 9, 10);
    assertThat(alarms(read(bytes(sensor)), 5, 10, 0.6)).containsExactly(5);
  }

  /** Those of the windows from one to before another, all scored alike, that raise an alarm. */
  private static List<Integer> alarms(SensorState sensor, int from, int to, double probability) {
    Model model = new Model("m", 0.5, Math.log(probability / (1 - probability)), 4, List.of());
    List<Integer> alarms = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Aggregate window = new Aggregate();
      window.add(SensorKind.GAUGE, start(i), 20);
      if (sensor.score(SPEC, start(i), window, model, Emission.DEFAULT).orElseThrow().alarms()
          > 0) {
        alarms.add(i);
      }
    }
    return alarms;
  }

  private static long start(int window) {
    return T0 + window * SPEC.lengthMillis();
  }

  private static byte[] bytes(SensorState sensor) {
    WireWriter out = new WireWriter();
    sensor.write(out);
    return out.toByteArray();
  }

  private static SensorState read(byte[] bytes) throws IOException {
    return SensorState.read(new WireReader(bytes), 1);
  }
}
