package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.stream.device.EpochLedger;
import io.fieldwatch.stream.device.Rules;
import io.fieldwatch.stream.device.Scoring;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.device.SensorRule;
import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.window.WindowTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * State files that were written when their formats were new, and are kept for ever: every later
 * version must read them and go on from them as if it had never stopped. Their log is this class,
 * which is not changed either. The file of the newest format was written by this test with {@code
 * -Dgolden.write=true}.
 */
class GoldenStateFileTest {
  private static final int NEWEST = 4;
  private static final long T0 = 1_700_000_000_000L;
  private static final int PACKS = 60;
  private static final int STOPPED_AT = 36;

  private static final Rules RULES =
      new Rules(
          List.of(
              WindowSpec.tumbling(Duration.ofSeconds(10)),
              WindowSpec.tumbling(Duration.ofMinutes(1)),
              WindowSpec.sliding(Duration.ofMinutes(2), Duration.ofMinutes(1))),
          Scoring.SHORTEST,
          Emission.DEFAULT,
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          new Rules.Silence(Duration.ofMinutes(1), Duration.ofMinutes(15)),
          List.of(new SensorRule("*/*/energy", SensorKind.COUNTER)),
          new Rules.Limits(10, 4));

  @ParameterizedTest
  @ValueSource(ints = {2, 3, NEWEST})
  void goesOnFromAFileOfAnyFormatAsIfItHadNeverStopped(int format) throws IOException {
    if (Boolean.getBoolean("golden.write") && format == NEWEST) {
      write(file(format));
    }
    // Given
    Collected whole = new Collected();
    run(PartitionState.empty(WindowTree.of(RULES.windows()), 3, 0), 0, PACKS, whole);
    byte[] file = Base64.getMimeDecoder().decode(Files.readString(file(format)));

    // When
    PartitionState restored = StateFile.read(new ByteArrayInputStream(file));
    Collected rest = new Collected();
    PartitionState end = run(restored, STOPPED_AT, PACKS, rest);

    // Then
    assertThat(restored.partition()).isEqualTo(3);
    assertThat(restored.nextOffset()).isEqualTo(STOPPED_AT);
    assertThat(rest.points).isNotEmpty();
    rest.points.forEach((key, value) -> assertThat(whole.points).containsEntry(key, value));
    assertThat(end.devices()).hasSize(1);
    EpochLedger ledger = end.devices().iterator().next().ledgers().iterator().next();
    assertThat(ledger.stored()).isEqualTo(3L * (PACKS - 1));
    assertThat(ledger.duplicatePacks()).isEqualTo(1);
    assertThat(ledger.seqs().gaps(5)).isEqualTo("21,34");
  }

  private static Path file(int format) {
    return Path.of("src/test/resources/state-file/format-%d.base64".formatted(format));
  }

  private static void write(Path golden) throws IOException {
    PartitionState state =
        run(
            PartitionState.empty(WindowTree.of(RULES.windows()), 3, 0),
            0,
            STOPPED_AT,
            new Collected());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateFile.write(state, bytes);
    Files.write(golden, Base64.getMimeEncoder(120, new byte[] {'\n'}).encode(bytes.toByteArray()));
  }

  private static PartitionState run(PartitionState state, int from, int to, Output output) {
    PartitionRun run =
        new PartitionRun(state, RULES, new Decoders(List.of(), PackDecoder.Limits.DEFAULT), output);
    IntStream.range(from, to).mapToObj(GoldenStateFileTest::record).forEach(run::accept);
    run.publishOpenWindows(Integer.MAX_VALUE);
    return run.finish(to);
  }

  /**
   * Every 4 s a pack of a gauge, a counter and a boolean; the 21st seq is missing, one pack comes
   * twice instead of the next.
   */
  private static LogRecord record(int i) {
    int pack = i == 32 ? 31 : i;
    String text =
        """
        [{"bn":"lab/d1/","bt":%d,"epoch":"e","seq":%d,"n":"temperature","u":"Cel","v":%s},
         {"n":"energy","u":"J","v":%d},{"n":"door","vb":%b}]"""
            .formatted(
                T0 / 1000 + 4L * pack,
                pack < 20 ? pack + 1 : pack + 2,
                Math.round(1000 * Math.sin(pack)) / 1000.0,
                pack % 25 * 7,
                pack / 3 % 2 == 0);
    return new LogRecord(
        i,
        T0 + 4000L * i,
        "fieldwatch/lab/d1/telemetry",
        LogRecord.Delivery.LIVE,
        "lab/d1".getBytes(UTF_8),
        text.getBytes(UTF_8));
  }

  /** Scores are left out: the model's own state has its own format and its own tests. */
  private static final class Collected extends Nowhere {
    private final Map<String, List<Object>> points = new TreeMap<>();

    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
      points.put(
          "%s %s %s".formatted(sensor, window.spec(), window.startMillis()),
          new ArrayList<>(
              List.of(
                  window.aggregate().count(),
                  window.aggregate().mean(),
                  window.aggregate().stddev(),
                  window.aggregate().min(),
                  window.aggregate().max(),
                  window.aggregate().first(),
                  window.aggregate().last(),
                  window.aggregate().increase(),
                  window.aggregate().steps(),
                  Arrays.toString(window.aggregate().quantiles(0.5, 0.99)),
                  facts,
                  window.isFinal(),
                  window.revision(),
                  window.late(),
                  window.duplicate())));
    }

    @Override
    public void quarantine(LogRecord record, Reason reason, String detail, int readings) {
      throw new AssertionError(reason + ": " + detail);
    }
  }
}
