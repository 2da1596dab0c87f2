package io.fieldwatch.benchmark.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WindowRecordTest {
  private static final WindowRecord RECORD =
      new WindowRecord("température", 1_700_000_000_000L, 7, 21.1, 0.1 + 0.2, -3, 1e300, 1.0 / 3);

  @Test
  void binaryRecordIsReadAsItWasWritten() {
    assertThat(WindowRecord.parse(RECORD.write())).isEqualTo(RECORD);
  }

  @Test
  void textIsReadAsItWasWrittenToTheLastBit() {
    assertThat(WindowRecord.parse(RECORD.text().getBytes(UTF_8))).isEqualTo(RECORD);
  }

  @Test
  void valueThatIsNeitherIsRefusedWithItsReason() {
    assertThatThrownBy(() -> WindowRecord.parse("s,1,2".getBytes(UTF_8)))
        .hasMessage("Cannot read window: 3 fields, expected 8");
    assertThatThrownBy(() -> WindowRecord.parse("s,1,0,0,0,0,0,0".getBytes(UTF_8)))
        .hasMessage("Invalid window: count is 0");
  }
}
