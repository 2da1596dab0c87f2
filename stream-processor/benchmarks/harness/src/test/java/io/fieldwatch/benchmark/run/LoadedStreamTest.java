package io.fieldwatch.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.benchmark.load.PackStream;
import io.fieldwatch.benchmark.load.StreamShape;
import io.fieldwatch.benchmark.oracle.Oracle;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoadedStreamTest {
  private static final StreamShape SHAPE = new StreamShape(100, 4, 7, 20_000);
  private static final int PACKS = 20_000;
  private static final int FIRST_PACKS = 8_000;

  @Test
  void beginningOfAStreamRequiresWhatTheOracleOfTheBeginningAloneRequires() throws IOException {
    // Given
    LoadedStream beginning = loaded(FIRST_PACKS);

    // When
    LoadedStream first = loaded(PACKS).first(beginning.readings());

    // Then
    assertThat(first.readings()).isEqualTo(beginning.readings());
    assertThat(first.required()).isEqualTo(beginning.required()).isPositive();
    assertThat(first.dueOfPrompt()).isEqualTo(beginning.dueOfPrompt());
    assertThat(requiredOf(first)).isEqualTo(requiredOf(beginning));
  }

  @Test
  void beginningThatIsLongerIsTheStream() throws IOException {
    LoadedStream stream = loaded(FIRST_PACKS);

    assertThat(stream.first(Long.MAX_VALUE)).isSameAs(stream);
  }

  private static Map<?, Long> requiredOf(LoadedStream stream) {
    return stream.expectations().windows().entrySet().stream()
        .filter(entry -> stream.isRequired(entry.getValue()))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().due()));
  }

  private static LoadedStream loaded(int packs) throws IOException {
    Oracle oracle = new Oracle(Trial.WINDOW.toMillis(), Trial.LATENESS.toMillis());
    PackStream stream = new PackStream(SHAPE);
    for (int i = 0; i < packs; i++) {
      oracle.accept(stream.next());
    }
    return LoadedStream.of("topic", oracle.expectations(), SHAPE.readingsPerSecond());
  }
}
