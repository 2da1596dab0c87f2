package io.fieldwatch.stream.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.SenmlWriter;
import io.fieldwatch.stream.device.DeviceState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whatever devices send, in whatever order: nothing is thrown, every reading is accounted for, what
 * is kept is bounded, and it makes no difference where the log is cut, nor whether the state was
 * written and read between. The input is a program whose instructions are the devices' messages and
 * the cuts.
 */
public final class StateFuzz {
  private static final long T0 = 1_700_000_000_000L;
  private static final long FIRST_TIME = (1L << 28) * 1000;

  /** Steps of time, so that few bytes reach the next window as well as the next year. */
  private static final long[] STEPS = {
    1,
    100,
    1000,
    Duration.ofMinutes(1).toMillis(),
    Duration.ofHours(1).toMillis(),
    Duration.ofDays(1).toMillis()
  };

  private static final double[] VALUES = {
    0, -0.0, 1, -1, 1e-300, 1e300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1L << 53
  };

  /** Two devices with all their sensors' windows. */
  private static final int STATE_BOUND = 8 << 20;

  private final ByteBuffer program;
  private final List<LogRecord> log = new ArrayList<>();

  /** Where the log is cut, and whether the state is written and read there. */
  private final Map<Integer, Boolean> cuts = new HashMap<>();

  private long now = T0;

  private StateFuzz(byte[] program) {
    this.program = ByteBuffer.wrap(program);
  }

  /** Called by the fuzzer with one input after the other; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    new StateFuzz(input).run();
  }

  private void run() {
    while (program.hasRemaining() && log.size() < 500) {
      step();
    }
    Results whole = new Results();
    whole.apply(log);
    requireAccount(whole);
    requireBounded(whole);
    requireSame(whole, cut());
  }

  private void step() {
    int instruction = next();
    now += next() * 50L;
    switch (instruction & 15) {
      case 0 -> cuts.put(log.size(), false);
      case 1 -> cuts.put(log.size(), true);
      case 2 -> add(instruction, "status", status(instruction));
      case 3 -> add(instruction, "telemetry", rest());
      case 4 -> repeat();
      default -> add(instruction, "telemetry", SenmlWriter.toJson(pack(instruction)));
    }
  }

  private Pack pack(int instruction) {
    List<Reading> list = new ArrayList<>();
    for (int left = next() % 8; left >= 0; left--) {
      list.add(reading());
    }
    int id = next();
    Optional<PackId> packId =
        id % 4 == 0
            ? Optional.empty()
            : Optional.of(
                new PackId("e" + id % 4, id > 250 ? Long.MAX_VALUE - next() : 1 + next()));
    return new Pack(device(instruction), packId, list);
  }

  private Reading reading() {
    int form = next();
    long time = now + (byte) next() * STEPS[form % STEPS.length];
    int value = next();
    ValueKind kind = ValueKind.values()[value % 3];
    return new Reading(
        "s" + form % 60,
        Math.max(FIRST_TIME, time),
        kind == ValueKind.BOOLEAN ? value & 1 : VALUES[value % VALUES.length],
        form > 200 ? "Cel" : "",
        kind);
  }

  private byte[] status(int instruction) {
    return ("{\"state\":\"%s\",\"reason\":\"r\",\"epoch\":\"e\",\"agent\":\"1\",\"time\":%d,"
            + "\"counts\":{\"producedReadings\":1,\"producedPacks\":1,\"acknowledgedPacks\":1,"
            + "\"acknowledgedReadings\":1,\"droppedReadings\":1,\"spoolPacks\":%d,"
            + "\"spoolReadings\":1},\"sensors\":[{\"name\":\"s%d\",\"unit\":\"\","
            + "\"intervalSeconds\":%d}]}")
        .formatted(
            instruction > 127 ? "online" : "offline",
            now + (byte) next() * STEPS[next() % STEPS.length],
            next(),
            next() % 60,
            next())
        .getBytes(UTF_8);
  }

  private byte[] rest() {
    byte[] bytes = new byte[Math.min(next(), program.remaining())];
    program.get(bytes);
    return bytes;
  }

  private void repeat() {
    if (!log.isEmpty()) {
      LogRecord earlier = log.get(next() % log.size());
      log.add(
          new LogRecord(
              log.size(),
              now,
              earlier.mqttTopic(),
              LogRecord.Delivery.RETAINED,
              earlier.key(),
              earlier.value()));
    }
  }

  private void add(int instruction, String channel, byte[] value) {
    DeviceId device = device(instruction);
    log.add(
        new LogRecord(
            log.size(),
            now,
            "fieldwatch/" + device.key() + "/" + channel,
            (instruction & 64) == 0 ? LogRecord.Delivery.LIVE : LogRecord.Delivery.RETAINED,
            device.key().getBytes(UTF_8),
            value));
  }

  private static DeviceId device(int instruction) {
    return new DeviceId("lab", (instruction & 16) == 0 ? "d0" : "d1");
  }

  /** Behind the program's end there are only zeros. */
  private int next() {
    return program.hasRemaining() ? program.get() & 0xff : 0;
  }

  private Results cut() {
    Results results = new Results();
    int from = 0;
    for (int i = 0; i < log.size(); i++) {
      Boolean restored = cuts.get(i);
      if (restored != null) {
        results.apply(log.subList(from, i));
        from = i;
        if (restored) {
          results.restart(read(results.bytes()));
        }
      }
    }
    results.apply(log.subList(from, log.size()));
    return results;
  }

  private static PartitionState read(byte[] state) {
    try {
      return StateFile.read(new ByteArrayInputStream(state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireAccount(Results results) {
    Results.Account all = new Results.Account(0, 0, 0, 0, 0);
    for (DeviceState device : results.state().devices()) {
      all = all.plus(results.account(device.id().key()));
    }
    require(all.stored() == results.counts().stored(), "stored", all, results.counts());
    require(all.late() == results.counts().late(), "late", all, results.counts());
    require(all.duplicate() == results.counts().duplicates(), "repeated", all, results.counts());
    require(
        all.refusedPacks() == results.counts().refusedPacks(), "refused", all, results.counts());
    require(
        results.storedInWindows("10s") == all.stored(),
        "in windows",
        results.storedInWindows("10s"),
        all);
    require(
        results.quarantined(Reason.LATE) == all.late(),
        "quarantined as late",
        results.refusals(),
        all);
  }

  private static void requireBounded(Results results) {
    int size = results.bytes().length;
    require(size < STATE_BOUND, "bounded", size, STATE_BOUND);
    for (DeviceState device : results.state().devices()) {
      require(device.sensors() <= Results.SENSORS, "sensors", device.sensors(), Results.SENSORS);
    }
  }

  private static void requireSame(Results whole, Results pieces) {
    Map<String, String> one = new TreeMap<>(whole.all());
    Map<String, String> other = new TreeMap<>(pieces.all());
    one.entrySet().removeAll(pieces.all().entrySet());
    other.entrySet().removeAll(whole.all().entrySet());
    require(one.isEmpty() && other.isEmpty(), "the same windows", one, other);
    require(Arrays.equals(whole.bytes(), pieces.bytes()), "the same state", "", "");
  }

  private static void require(boolean holds, String what, Object one, Object other) {
    if (!holds) {
      throw new IllegalStateException("Not %s: %s, %s".formatted(what, one, other));
    }
  }
}
