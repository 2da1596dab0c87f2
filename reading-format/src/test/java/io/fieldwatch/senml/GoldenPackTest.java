package io.fieldwatch.senml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.PackDecoder.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads of devices in the field keep their meaning for ever. */
class GoldenPackTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @MethodSource("payloads")
  void aGoldenPayloadKeepsItsMeaning(String file) throws Exception {
    // Given
    Pack expected = expected(file.substring(0, file.indexOf('.')));
    PackBuffer buffer = new PackBuffer();

    // When
    new PackDecoder(Limits.DEFAULT).decode(payload(file), expected.device(), buffer);

    // Then
    assertThat(buffer.toPack()).isEqualTo(expected);
  }

  @Test
  void thePackOfAnAgentIsWrittenByteForByteAsEver() throws IOException {
    // Given
    Pack pack = expected("agent-1");

    // Then
    assertThat(SenmlWriter.toJson(pack)).asString(UTF_8).isEqualTo(text("agent-1.json"));
    assertThat(SenmlWriter.toCbor(pack)).asHexString().isEqualTo(compactHex("agent-1.cbor.hex"));
  }

  static Stream<String> payloads() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("status-"))
          .filter(name -> name.endsWith(".json") || name.endsWith(".cbor.hex"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static byte[] payload(String file) throws IOException {
    return file.endsWith(".hex")
        ? HexFormat.of().parseHex(compactHex(file))
        : text(file).getBytes(UTF_8);
  }

  private static String compactHex(String file) throws IOException {
    return text(file).replaceAll("#.*", "").replaceAll("\\s", "").toUpperCase(Locale.ROOT);
  }

  private static Pack expected(String name) throws IOException {
    List<String> lines = text(name + ".readings").lines().toList();
    DeviceId device = DeviceId.parse(lines.get(0).split(" ", -1)[1]);
    String[] id = lines.get(1).split(" ", -1);
    Optional<PackId> packId =
        id.length == 2 ? Optional.empty() : Optional.of(new PackId(id[1], Long.parseLong(id[2])));
    List<Reading> readings = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] fields = line.split(" ", -1);
      String unit = fields.length == 4 ? fields[3] : "";
      readings.add(
          new Reading(fields[0], Long.parseLong(fields[1]), Double.parseDouble(fields[2]), unit));
    }
    return new Pack(device, packId, readings);
  }

  private static String text(String file) throws IOException {
    return Files.readString(GOLDEN.resolve(file));
  }
}
