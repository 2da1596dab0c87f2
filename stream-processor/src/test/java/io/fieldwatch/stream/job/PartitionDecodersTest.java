package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.senml.PackDecoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionDecodersTest {
  private final PartitionDecoders decoders =
      new PartitionDecoders(() -> new Decoders(List.of(), PackDecoder.Limits.DEFAULT));

  @Test
  void aPartitionHasTheSameFromBatchToBatch() {
    Decoders first = decoders.take(1);
    decoders.putBack(1, first);
    assertThat(decoders.take(1)).isSameAs(first);
  }

  @Test
  void nobodyGetsWhatIsInUse() {
    Decoders first = decoders.take(1);
    assertThat(decoders.take(1)).isNotSameAs(first);
  }

  @Test
  void noPartitionGetsAnothers() {
    Decoders first = decoders.take(1);
    decoders.putBack(1, first);
    assertThat(decoders.take(2)).isNotSameAs(first);
  }
}
