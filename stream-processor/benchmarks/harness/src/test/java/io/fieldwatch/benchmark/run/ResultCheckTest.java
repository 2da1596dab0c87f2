package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.benchmark.load.Pack;
import io.fieldwatch.benchmark.load.PackStream;
import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.benchmark.oracle.ExpectedWindow.P95;
import io.fieldwatch.benchmark.oracle.Oracle;
import io.fieldwatch.benchmark.work.SharedWork;
import io.fieldwatch.stream.device.DeviceState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultCheckTest {
  private static final StreamShape SHAPE = new StreamShape(100, 4, 7, 20_000);
  private static final int PACKS = 20_000;

  private final List<Closed> closed = new ArrayList<>();

  private record Closed(String key, WindowRecord window) {}

  @Test
  void systemThatMayStopIsCompleteWithWhatIsDueByThere() throws IOException {
    // Given: half of what has to be appended
    ResultCheck check = new ResultCheck(worked(), P95.BY_RANK);
    int half = closed.size() / 2;
    accept(check, 0, half);
    assertThat(check.isComplete()).isFalse();

    // When
    double reached = check.reached();
    check.requireUntil((long) reached);

    // Then
    assertThat(check.missing()).isLessThan(half / 100);
    accept(check, half, closed.size());
    assertThat(check.isComplete()).isTrue();
    assertThat(check.verdict()).isEmpty();
    assertThat(check.reached()).isGreaterThan(1.9 * reached);
  }

  @Test
  void windowThatIsLostBeforeTheStopIsMissed() throws IOException {
    // Given
    ResultCheck check = new ResultCheck(worked(), P95.BY_RANK);
    int half = closed.size() / 2;
    accept(check, 0, half / 2);
    accept(check, half / 2 + 1, half);

    // When
    check.requireUntil((long) check.reached());
    accept(check, half, closed.size());

    // Then
    assertThat(check.isComplete()).isFalse();
    assertThat(check.verdict().orElseThrow()).startsWith("1 of ").endsWith("windows are missing");
  }

  private void accept(ResultCheck check, int from, int to) {
    for (int i = from; i < to; i++) {
      check.accept(closed.get(i).key(), closed.get(i).window(), i);
    }
  }

  /** Does the work into {@link #closed}. */
  private LoadedStream worked() throws IOException {
    Oracle oracle = new Oracle(Trial.WINDOW.toMillis(), Trial.LATENESS.toMillis());
    SharedWork work = new SharedWork(Trial.WINDOW, Trial.LATENESS);
    PackStream stream = new PackStream(SHAPE);
    Map<String, DeviceState> states = new HashMap<>();
    for (int i = 0; i < PACKS; i++) {
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
                  window -> closed.add(new Closed(key, window))));
    }
    return LoadedStream.of("topic", oracle.expectations(), SHAPE.readingsPerSecond());
  }
}
