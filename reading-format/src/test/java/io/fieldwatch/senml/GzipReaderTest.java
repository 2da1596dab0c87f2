package io.fieldwatch.senml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipReaderTest {
  private static final int BOUND = 1000;

  private final GzipReader reader = new GzipReader(BOUND);

  @ParameterizedTest
  @ValueSource(ints = {1001, 20_000, 50_000_000})
  void aBombIsNeverInflatedBeyondTheBound(int size) throws IOException {
    // When
    int length = reader.inflate(Gzips.zip(new byte[size]));

    // Then
    assertThat(length).isEqualTo(BOUND + 1);
    assertThat(reader.bytes().length).isLessThanOrEqualTo(BOUND + 1);
  }

  @Test
  void theOptionalFieldsOfAHeaderAreSkipped() throws IOException {
    // Given
    byte[] content = {1, 2, 3};
    byte[] plain = Gzips.zip(content);
    byte[] optional = {3, 0, 9, 9, 9, 'n', 0, 'c', 0, 7, 7};
    byte[] payload = new byte[plain.length + optional.length];
    System.arraycopy(plain, 0, payload, 0, 10);
    System.arraycopy(optional, 0, payload, 10, optional.length);
    System.arraycopy(plain, 10, payload, 10 + optional.length, plain.length - 10);
    payload[3] = 2 | 4 | 8 | 16;

    // When
    int length = reader.inflate(payload);

    // Then
    assertThat(Arrays.copyOf(reader.bytes(), length)).isEqualTo(content);
  }
}
