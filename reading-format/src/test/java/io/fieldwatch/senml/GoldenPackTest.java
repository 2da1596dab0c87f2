package io.fieldwatch.senml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.PackDecoder.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"agent-1", "agent-2"})
  void thePackOfAnAgentIsWrittenByteForByteAsEver(String name) throws IOException {
    // Given
    Pack pack = expected(name);

    // Then
    assertThat(SenmlWriter.toJson(pack)).asString(UTF_8).isEqualTo(text(name + ".json"));
    assertThat(SenmlWriter.toCbor(pack)).asHexString().isEqualTo(compactHex(name + ".cbor.hex"));
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
    Map<String, ValueKind> kinds = kinds(name);
    List<Reading> readings = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] fields = line.split(" ", -1);
      String unit = fields.length == 4 ? fields[3] : "";
      readings.add(
          new Reading(
              fields[0],
              Long.parseLong(fields[1]),
              Double.parseDouble(fields[2]),
              unit,
              kinds.getOrDefault(fields[0], ValueKind.NUMBER)));
    }
    return new Pack(device, packId, readings);
  }

  private static Map<String, ValueKind> kinds(String name) throws IOException {
    Map<String, ValueKind> kinds = new HashMap<>();
    if (Files.exists(GOLDEN.resolve(name + ".kinds"))) {
      for (String line : text(name + ".kinds").lines().toList()) {
        String[] fields = line.split(" ", -1);
        kinds.put(fields[0], ValueKind.valueOf(fields[1]));
      }
    }
    return kinds;
  }

  private static String text(String file) throws IOException {
    return Files.readString(GOLDEN.resolve(file));
  }
}
