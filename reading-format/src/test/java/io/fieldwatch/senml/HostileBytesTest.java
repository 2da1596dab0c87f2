package io.fieldwatch.senml;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.senml.PackDecoder.Limits;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever bytes come, a pack comes out or a refusal: never anything else, never half a pack. */
class HostileBytesTest {
  private final PackDecoder decoder = new PackDecoder(Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();

  @Property(tries = 5000)
  void randomBytesAreRefusedOrDecoded(@ForAll byte[] bytes) {
    decodeAnything(bytes, new DeviceId("lab", "x1"));
  }

  @Property(tries = 5000)
  void randomBytesAfterTheStartOfAnArrayAreRefusedOrDecoded(
      @ForAll("starts") byte[] start, @ForAll byte[] rest) {
    byte[] bytes = new byte[start.length + rest.length];
    System.arraycopy(start, 0, bytes, 0, start.length);
    System.arraycopy(rest, 0, bytes, start.length, rest.length);
    decodeAnything(bytes, new DeviceId("lab", "x1"));
  }

  @Property(tries = 800)
  void mutatedPacksAreRefusedOrDecoded(@ForAll("packs") Pack pack, @ForAll Random random) {
    for (byte[] payload :
        new byte[][] {
          SenmlWriter.toJson(pack), SenmlWriter.toCbor(pack), Gzips.zip(SenmlWriter.toJson(pack))
        }) {
      decodeAnything(mutated(payload, random), pack.device());
    }
  }

  @Property(tries = 150)
  void everyTruncatedPackIsRefused(@ForAll("packs") Pack pack, @ForAll Random random) {
    for (byte[] payload :
        new byte[][] {
          SenmlWriter.toJson(pack), SenmlWriter.toCbor(pack), Gzips.zip(SenmlWriter.toCbor(pack))
        }) {
      byte[] truncated = Arrays.copyOf(payload, random.nextInt(payload.length));
      assertThat(decodeAnything(truncated, pack.device())).isZero();
    }
  }

  @Provide
  Arbitrary<Pack> packs() {
    return Packs.any();
  }

  @Provide
  Arbitrary<byte[]> starts() {
    return Arbitraries.of(
        new byte[] {'[', '{', '"'},
        new byte[] {'[', '{', '"', 'v', '"', ':'},
        new byte[] {(byte) 0x9f, (byte) 0xbf},
        new byte[] {(byte) 0x81, (byte) 0xa1, 0x02},
        new byte[] {(byte) 0x81, (byte) 0xa1, 0x02, (byte) 0xc4, (byte) 0x82},
        new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
  }

  private int decodeAnything(byte[] bytes, DeviceId device) {
    try {
      decoder.decode(bytes, device, buffer);
      assertThat(buffer.toPack().readings()).hasSize(buffer.size());
    } catch (PackRejectedException e) {
      assertThat(e).hasMessageStartingWith("Cannot decode pack of '" + device + "': ");
      assertThat(buffer.size()).isZero();
    }
    return buffer.size();
  }

  private static byte[] mutated(byte[] payload, Random random) {
    byte[] bytes = payload.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
