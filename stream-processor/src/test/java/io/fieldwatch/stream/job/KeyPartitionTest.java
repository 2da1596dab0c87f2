package io.fieldwatch.stream.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyPartitionTest {
  @Test
  void isThePartitionThatKafkasProducersChoose() {
    // The hashes are those that Kafka's own tests fix: -790332482 and -973932308, without the sign.
    assertThat(KeyPartition.of("foobar".getBytes(UTF_8), 12)).isEqualTo(1_357_151_166 % 12);
    assertThat(KeyPartition.of("21".getBytes(UTF_8), 7)).isEqualTo(1_173_551_340 % 7);
  }

  @Test
  void aRecordIsAStrayEverywhereButInThePartitionOfItsKey() {
    byte[] key = "plant-1/pump-7".getBytes(UTF_8);
    int home = KeyPartition.of(key, 7);

    for (int partition = 0; partition < 7; partition++) {
      assertThat(KeyPartition.isStray(key, partition, 7)).isEqualTo(partition != home);
    }
  }

  @Test
  void aRecordWithoutAKeyIsNoStray() {
    assertThat(KeyPartition.isStray(null, 1, 2)).isFalse();
  }
}
