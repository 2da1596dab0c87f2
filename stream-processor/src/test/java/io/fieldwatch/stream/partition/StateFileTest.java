package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.Scoring;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateFileTest {
  private static final List<WindowSpec> LENGTHS =
      List.of(
          WindowSpec.tumbling(Duration.ofSeconds(10)), WindowSpec.tumbling(Duration.ofMinutes(1)));

  @Test
  void readsWhatItWrote() throws IOException {
    byte[] file = fileOf(state());

    PartitionState read = StateFile.read(new ByteArrayInputStream(file));

    assertThat(read.nextOffset()).isEqualTo(400);
    assertThat(fileOf(read)).isEqualTo(file);
  }

  @Test
  void refusesAFileDamagedAnywhere() throws IOException {
    byte[] file = fileOf(state());

    for (int at = 0; at < file.length; at += 97) {
      byte[] damaged = file.clone();
      damaged[at] ^= 0x10;
      assertThatThrownBy(() -> StateFile.read(new ByteArrayInputStream(damaged)))
          .as("byte %d", at)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot read state");
    }
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] file = fileOf(state());
    byte[] head = Arrays.copyOf(file, file.length - 3);

    assertThatThrownBy(() -> StateFile.read(new ByteArrayInputStream(head)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut off");
  }

  private static byte[] fileOf(PartitionState state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StateFile.write(state, out);
    return out.toByteArray();
  }

  private static PartitionState state() {
    Rules rules =
        new Rules(
            LENGTHS,
            Scoring.SHORTEST,
            Emission.DEFAULT,
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            new Rules.Silence(Duration.ofMinutes(1), Duration.ofMinutes(15)),
            List.of(),
            new Rules.Limits(10, 4));
    PartitionRun run =
        new PartitionRun(
            PartitionState.empty(WindowTree.of(LENGTHS), 3, 0),
            rules,
            new Decoders(List.of(), PackDecoder.Limits.DEFAULT),
            new Nowhere());
    for (int i = 0; i < 400; i++) {
      DeviceId device = new DeviceId("lab", "d" + i % 3);
      long time = 1_700_000_000_000L + i * 500L;
      List<Reading> readings =
          IntStream.range(0, 5).mapToObj(s -> new Reading("s" + s, time, s * 0.1, "Cel")).toList();
      Pack pack = new Pack(device, Optional.of(new PackId("e", i / 3 + 1)), readings);
      run.accept(
          new LogRecord(
              i,
              time,
              null,
              LogRecord.Delivery.LIVE,
              device.key().getBytes(UTF_8),
              SenmlWriter.toJson(pack)));
    }
    return run.finish(0);
  }
}
