package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.recording.Series;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.SenmlWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceLogTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "pump");
  private static final long T = 1_767_225_600_000L;

  private final PackDecoder decoder = new PackDecoder(PackDecoder.Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();

  @Test
  void readingsAreOrderedByTheirOwnTimeAndPacksCountOnce() throws PackRejectedException {
    // Given
    LogChunk chunk = new LogChunk(0, 0);
    add(chunk, pack(2, T + 2_000, 3), Long.MAX_VALUE);
    add(chunk, pack(1, T, 1), Long.MAX_VALUE);
    add(chunk, pack(2, T + 2_000, 3), Long.MAX_VALUE);

    // When
    Loaded loaded = DeviceLog.recording("lab/pump", List.of(chunk.trimmed()));

    // Then
    Series series = loaded.recording().series().get(0);
    assertThat(series.timesMillis()).containsExactly(T, T + 1, T + 2_000, T + 2_001);
    assertThat(series.values()).containsExactly(1, 2, 3, 4);
    assertThat(loaded.tally()).isEqualTo(Tally.ofPacks(2, 1, 0, 0));
  }

  @Test
  void packsWithoutIdentityCountAsOftenAsTheyCome() throws PackRejectedException {
    // Given
    Pack foreign = new Pack(DEVICE, Optional.empty(), List.of(new Reading("flow", T, 1, "")));
    LogChunk chunk = new LogChunk(0, 0);
    add(chunk, foreign, Long.MAX_VALUE);
    add(chunk, foreign, Long.MAX_VALUE);

    // When
    Loaded loaded = DeviceLog.recording("lab/pump", List.of(chunk.trimmed()));

    // Then
    assertThat(loaded.recording().series().get(0).values()).containsExactly(1, 1);
    assertThat(loaded.tally()).isEqualTo(Tally.ofPacks(2, 0, 0, 0));
  }

  @Test
  void readingsFarAheadOfTheirArrivalAndBrokenMessagesAreCounted() throws PackRejectedException {
    // Given
    LogChunk chunk = new LogChunk(0, 0);
    add(chunk, pack(1, T, 1), T);
    chunk.refuse();

    // When
    Loaded loaded = DeviceLog.recording("lab/pump", List.of(chunk.trimmed()));

    // Then
    assertThat(loaded.recording().series().get(0).values()).containsExactly(1);
    assertThat(loaded.tally()).isEqualTo(Tally.ofPacks(1, 0, 1, 1));
  }

  @Test
  void howTheLogIsCutIntoChunksChangesNothing() throws PackRejectedException {
    // Given: packs in some order, most of them twice, at few different times
    Random random = new Random(3);
    List<Pack> packs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      packs.add(pack(1 + random.nextInt(150), T + random.nextInt(40), random.nextInt()));
    }
    LogChunk whole = new LogChunk(0, 0);
    List<LogChunk> cut = new ArrayList<>();
    for (int i = 0; i < packs.size(); i++) {
      add(whole, packs.get(i), Long.MAX_VALUE);
      if (i == 0 || random.nextInt(20) == 0) {
        cut.add(new LogChunk(0, i));
      }
      add(cut.get(cut.size() - 1), packs.get(i), Long.MAX_VALUE);
    }
    Collections.shuffle(cut, random);

    // When
    Loaded fromWhole = DeviceLog.recording("lab/pump", List.of(whole.trimmed()));
    Loaded fromCut = DeviceLog.recording("lab/pump", cut);

    // Then
    assertThat(cut).hasSizeGreaterThan(5);
    assertThat(fromCut.sha256()).isEqualTo(fromWhole.sha256());
    assertThat(fromCut.tally()).isEqualTo(fromWhole.tally());
  }

  private static Pack pack(long seq, long timeMillis, double value) {
    return new Pack(
        DEVICE,
        Optional.of(new PackId("one", seq)),
        List.of(
            new Reading("flow", timeMillis, value, ""),
            new Reading("flow", timeMillis + 1, value + 1, "")));
  }

  private void add(LogChunk chunk, Pack pack, long latestMillis) throws PackRejectedException {
    decoder.decode(SenmlWriter.toJson(pack), DEVICE, buffer);
    chunk.add(buffer, latestMillis);
  }
}
