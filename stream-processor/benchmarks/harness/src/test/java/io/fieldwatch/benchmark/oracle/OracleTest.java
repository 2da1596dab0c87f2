package io.fieldwatch.benchmark.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.benchmark.load.Pack;
import io.fieldwatch.benchmark.load.PackStream;
import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.benchmark.oracle.ExpectedWindow.P95;
import io.fieldwatch.benchmark.work.SharedWork;
import io.fieldwatch.stream.device.DeviceState;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OracleTest {
  private static final long TEN_SECONDS = 10_000;
  private static final long FIVE_SECONDS = 5_000;
  private static final WindowId FIRST = new WindowId("s/d", "t", 1_700_000_000_000L);

  private final Oracle oracle = new Oracle(TEN_SECONDS, FIVE_SECONDS);

  @Test
  void windowHoldsWhatItsReadingsSayAndIsDueWhenEveryWatermarkHasPassed() throws IOException {
    oracle.accept(pack(1, 1_700_000_001, 1, 2, 3));
    oracle.accept(pack(1, 1_700_000_001, 1, 2, 3));
    oracle.accept(pack(2, 1_700_000_017, 9));

    Expectations expected = oracle.expectations();

    ExpectedWindow window = expected.find(FIRST).orElseThrow();
    assertThat(window.isDue()).isTrue();
    assertThat(window.dueByDevice()).isEqualTo(7);
    WindowRecord right = new WindowRecord("t", FIRST.startMillis(), 3, 2, 1, 1, 3, 2.9);
    assertThat(window.faultOf(right, P95.EXACT_OF_FEW)).isEmpty();
    assertThat(expected.totals()).isEqualTo(new Expectations.Totals(7, 0, 3, 0));
    assertThat(expected.windows()).hasSize(2);
  }

  @Test
  void everyWrongFigureIsNamed() throws IOException {
    oracle.accept(pack(1, 1_700_000_001, 1, 2, 3));
    ExpectedWindow window = oracle.expectations().find(FIRST).orElseThrow();

    assertThat(window.faultOf(of(2, 2, 1, 1, 3, 2.9), P95.EXACT_OF_FEW))
        .hasValue("count is 2, expected 3");
    assertThat(window.faultOf(of(3, 2.1, 1, 1, 3, 2.9), P95.EXACT_OF_FEW))
        .hasValue("mean is 2.1, expected 2.0");
    assertThat(window.faultOf(of(3, 2, 1.1, 1, 3, 2.9), P95.EXACT_OF_FEW))
        .hasValue("stddev is 1.1, expected 1.0");
    assertThat(window.faultOf(of(3, 2, 1, 0, 3, 2.9), P95.EXACT_OF_FEW))
        .hasValue("min is 0.0, expected 1.0");
    assertThat(window.faultOf(of(3, 2, 1, 1, 4, 2.9), P95.EXACT_OF_FEW))
        .hasValue("max is 4.0, expected 3.0");
    assertThat(window.faultOf(of(3, 2, 1, 1, 3, 3), P95.EXACT_OF_FEW))
        .hasValue("p95 is 3.0, expected 2.9");
    assertThat(window.faultOf(of(3, 2, 1, 1, 3, 3), P95.BY_RANK)).isEmpty();
    assertThat(window.faultOf(of(3, 2, 1, 1, 3, 3.1), P95.BY_RANK)).isPresent();
  }

  @Test
  void streamOnWhichWatermarksDisagreeIsRefused() throws IOException {
    oracle.accept(pack(1, 1_700_000_017, 1));

    assertThatThrownBy(() -> oracle.accept(pack(2, 1_700_000_011, 1)))
        .hasMessageContaining("watermarks disagree on a reading of 1700000011000");
  }

  @Test
  void ourOwnWorkAndTheOracleAgreeOnTheGeneratedStream() throws IOException {
    // Given
    PackStream stream = new PackStream(new StreamShape(100, 4, 7, 20_000));
    SharedWork work = new SharedWork(Duration.ofSeconds(10), Duration.ofSeconds(5));
    Map<String, DeviceState> states = new HashMap<>();
    Map<WindowId, WindowRecord> closed = new HashMap<>();

    // When
    for (int i = 0; i < 60_000; i++) {
      Pack pack = stream.next();
      oracle.accept(pack);
      String key = new String(pack.key(), UTF_8);
      states.compute(
          key,
          (k, before) ->
              work.apply(
                  before,
                  key,
                  pack.value(),
                  pack.sentMillis(),
                  w -> closed.put(new WindowId(key, w.sensor(), w.startMillis()), w)));
    }

    // Then
    Expectations expected = oracle.expectations();
    assertThat(expected.totals())
        .isEqualTo(
            new Expectations.Totals(
                work.counts().stored() + work.counts().duplicates() + work.counts().late(),
                work.counts().late(),
                work.counts().duplicates(),
                work.counts().refusedPacks()));
    assertThat(expected.totals().late()).isPositive();
    assertThat(expected.totals().refusedPacks()).isPositive();
    closed.forEach(
        (id, window) ->
            assertThat(expected.find(id).orElseThrow().faultOf(window, P95.EXACT_OF_FEW))
                .as("%s", id)
                .isEmpty());
    expected.windows().entrySet().stream()
        .filter(e -> e.getValue().isDue())
        .forEach(e -> assertThat(closed).containsKey(e.getKey()));
  }

  private static WindowRecord of(
      long count, double mean, double stddev, double min, double max, double p95) {
    return new WindowRecord("t", FIRST.startMillis(), count, mean, stddev, min, max, p95);
  }

  private static Pack pack(int seq, long seconds, int... values) {
    StringBuilder text = new StringBuilder();
    for (int value : values) {
      text.append(text.isEmpty() ? "[{" : ",{");
      if (text.length() == 2) {
        text.append(
            "\"bn\":\"s/d/\",\"bt\":%d,\"epoch\":\"e\",\"seq\":%d,".formatted(seconds, seq));
      }
      text.append("\"n\":\"t\",\"v\":").append(value).append('}');
    }
    return new Pack(
        0,
        seconds * 1_000,
        "s/d".getBytes(UTF_8),
        text.append(']').toString().getBytes(UTF_8),
        values.length);
  }
}
