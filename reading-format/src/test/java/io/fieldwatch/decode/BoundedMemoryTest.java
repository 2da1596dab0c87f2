package io.fieldwatch.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.topic.TopicFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What devices send, however much and however odd, does not stay in a decoder. */
class BoundedMemoryTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "x1");
  private static final String SENML = "fieldwatch/lab/x1/telemetry";
  private static final String JSON = "fieldwatch/lab/x2/telemetry";
  private static final long NOW = 1_700_000_000_000L;
  private static final int MESSAGES = 4_000;
  private static final int NAMES = 100;
  private static final long GROWTH_BOUND = 2 << 20;

  private final Decoders decoders =
      new Decoders(
          List.of(new DecoderRule(new TopicFilter(JSON), Format.Json.DEFAULT)),
          PackDecoder.Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();

  @Test
  void hundredsOfThousandsOfSensorNamesAreForgotten() throws PackRejectedException {
    assertGrowsLittle(SENML, i -> senml("", NAMES, i));
  }

  @Test
  void hundredsOfThousandsOfUnknownFieldsAreForgotten() throws PackRejectedException {
    assertGrowsLittle(SENML, i -> senml(",\"field-%d-%%d\":1".formatted(i), NAMES, i));
  }

  @Test
  void hundredsOfThousandsOfMembersAreForgotten() throws PackRejectedException {
    assertGrowsLittle(
        JSON,
        i -> {
          StringBuilder json = new StringBuilder("{\"first\":0");
          for (int n = 0; n < NAMES; n++) {
            json.append(",\"m-%d-%d\":%d".formatted(i, n, n));
          }
          return json.append('}').toString().getBytes(UTF_8);
        });
  }

  @Test
  void aPackMayHaveTenThousandReadingsAndNotOneMore() throws PackRejectedException {
    // Given
    Decoders large =
        new Decoders(List.of(DecoderRule.DEFAULT), new PackDecoder.Limits(1 << 20, 10_000));

    // When
    large.decode(SENML, senml("", 10_000, 0), DEVICE, NOW, buffer);

    // Then
    assertThat(buffer.size()).isEqualTo(10_000);

    // When
    PackRejectedException rejected =
        catchThrowableOfType(
            PackRejectedException.class,
            () -> large.decode(SENML, senml("", 10_001, 0), DEVICE, NOW, buffer));

    // Then
    assertThat(rejected.reason()).isEqualTo(Reason.TOO_MANY_READINGS);
  }

  @Test
  void aGzipBombIsGivenUpAtTheBound() throws IOException {
    // Given
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      byte[] spaces = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 200; i++) {
        gzip.write(spaces);
      }
    }
    byte[] bomb = zipped.toByteArray();
    assertThat(bomb.length).isLessThan(PackDecoder.Limits.DEFAULT.maxBytes());
    long before = allocatedBytes();

    // When
    PackRejectedException rejected =
        catchThrowableOfType(
            PackRejectedException.class, () -> decoders.decode(SENML, bomb, DEVICE, NOW, buffer));

    // Then
    assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(allocatedBytes() - before).isLessThan(4L << 20);
  }

  private void assertGrowsLittle(String topic, IntFunction<byte[]> messages)
      throws PackRejectedException {
    // Given
    decode(topic, messages, 0, MESSAGES / 4);
    long before = usedBytes();

    // When
    decode(topic, messages, MESSAGES / 4, MESSAGES);

    // Then
    assertThat(usedBytes() - before).isLessThan(GROWTH_BOUND);
  }

  private void decode(String topic, IntFunction<byte[]> messages, int from, int to)
      throws PackRejectedException {
    for (int i = from; i < to; i++) {
      decoders.decode(topic, messages.apply(i), DEVICE, NOW, buffer);
    }
  }

  private static byte[] senml(String more, int readings, int salt) {
    StringBuilder json = new StringBuilder("[");
    String base = "{\"bn\":\"lab/x1/\",\"bt\":1700000000,";
    for (int n = 0; n < readings; n++) {
      json.append(base).append("\"n\":\"s-%d-%d\",\"v\":1".formatted(salt, n));
      json.append(more.formatted(n)).append('}');
      base = ",{";
    }
    return json.append(']').toString().getBytes(UTF_8);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
