package io.fieldwatch.stream.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorWindowsTest {
  private static final long START = 60_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStateWithAWindowTwiceIsRefused(boolean closed) throws IOException {
    // Given
    Window window = new Window(new Object(), 0, START);
    window.add(SensorKind.GAUGE, START, 20.5);
    if (closed) {
      window.close();
      window.passOn();
    }
    WireWriter out = new WireWriter();
    window.write(out);
    SensorWindows windows = new SensorWindows(new Object(), 1);

    // When
    windows.readOne(new WireReader(out.toByteArray()));

    // Then
    assertThat(fields(windows)).hasSize(1);
    assertThatThrownBy(() -> windows.readOne(new WireReader(out.toByteArray())))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read state: a sensor has a window twice");
  }

  private static List<Integer> fields(SensorWindows windows) throws IOException {
    WireWriter out = new WireWriter();
    windows.write(out, 7);
    List<Integer> fields = new ArrayList<>();
    WireReader in = new WireReader(out.toByteArray());
    while (in.next()) {
      fields.add(in.field());
      in.skip();
    }
    return fields;
  }
}
