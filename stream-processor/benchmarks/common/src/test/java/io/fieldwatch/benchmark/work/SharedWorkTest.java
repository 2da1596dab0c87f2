package io.fieldwatch.benchmark.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.stream.device.DeviceState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedWorkTest {
  private static final long TIMESTAMP = 1_700_000_100_000L;

  private final SharedWork work = new SharedWork(Duration.ofSeconds(10), Duration.ofSeconds(5));
  private final List<WindowRecord> closed = new ArrayList<>();

  @Test
  void windowIsHandedOutWhenTheWatermarkPassesItsEndAndDuplicatesCountOnce() {
    // Given
    DeviceState state = apply(null, pack(1, 1_700_000_000, 1, 2, 3));
    state = apply(state, pack(1, 1_700_000_000, 1, 2, 3));

    // When
    apply(state, pack(2, 1_700_000_015, 9));

    // Then
    assertThat(closed)
        .containsExactly(new WindowRecord("t", 1_700_000_000_000L, 3, 2, 1, 1, 3, 2.9));
    assertThat(work.counts()).isEqualTo(new SharedWork.Counts(3, 4, 3, 0, 0));
  }

  @Test
  void whatCannotBeDecodedAndWhatIsLateIsCountedAndDropped() {
    DeviceState state = apply(null, pack(1, 1_700_000_030, 1));

    state = apply(state, "[{\"bn\":\"s".getBytes(UTF_8));
    apply(state, pack(3, 1_700_000_000, 1, 1));

    assertThat(closed).isEmpty();
    assertThat(work.counts()).isEqualTo(new SharedWork.Counts(3, 1, 0, 2, 1));
  }

  @Test
  void stateThatWasHandedOverOrCopiedOrWrittenStaysAsItWas() throws IOException {
    // Given
    DeviceState before = apply(null, pack(1, 1_700_000_000, 1));
    DeviceState copy = work.copy(before);
    byte[] bytes = work.write(before);
    work.handOver();

    // When
    apply(apply(before, pack(2, 1_700_000_001, 5)), pack(3, 1_700_000_015, 9));

    // Then
    for (DeviceState same : List.of(before, copy, work.read(bytes))) {
      assertThat(work.write(same)).isEqualTo(bytes);
    }
  }

  private DeviceState apply(@Nullable DeviceState before, byte[] pack) {
    return work.apply(before, "s/d", pack, TIMESTAMP, closed::add);
  }

  private static byte[] pack(int seq, long seconds, int... values) {
    StringBuilder json = new StringBuilder();
    for (int value : values) {
      json.append(json.isEmpty() ? "[{" : ",{");
      if (json.length() == 2) {
        json.append(
            "\"bn\":\"s/d/\",\"bt\":%d,\"epoch\":\"e\",\"seq\":%d,".formatted(seconds, seq));
      }
      json.append("\"n\":\"t\",\"v\":").append(value).append('}');
    }
    return json.append(']').toString().getBytes(UTF_8);
  }
}
