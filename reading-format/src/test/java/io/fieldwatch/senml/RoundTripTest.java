package io.fieldwatch.senml;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.Pack;
import io.fieldwatch.senml.PackDecoder.Limits;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {
  private final PackDecoder decoder = new PackDecoder(Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();

  @Property
  void aPackIsTheSameAfterJson(@ForAll("packs") Pack pack) throws PackRejectedException {
    // When
    decoder.decode(SenmlWriter.toJson(pack), pack.device(), buffer);

    // Then
    assertThat(buffer.toPack()).isEqualTo(pack);
  }

  @Property
  void aPackIsTheSameAfterCbor(@ForAll("packs") Pack pack) throws PackRejectedException {
    // When
    decoder.decode(SenmlWriter.toCbor(pack), pack.device(), buffer);

    // Then
    assertThat(buffer.toPack()).isEqualTo(pack);
  }

  @Property(tries = 200)
  void aPackIsTheSameAfterGzip(@ForAll("packs") Pack pack) throws PackRejectedException {
    // When
    decoder.decode(Gzips.zip(SenmlWriter.toJson(pack)), pack.device(), buffer);

    // Then
    assertThat(buffer.toPack()).isEqualTo(pack);
  }

  @Provide
  Arbitrary<Pack> packs() {
    return Packs.any();
  }
}
