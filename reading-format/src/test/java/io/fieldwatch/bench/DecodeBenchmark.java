package io.fieldwatch.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackDecoder.Limits;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.SenmlWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decoding packs as agents write them, beside a tokenizer that only walks over the same bytes. */
@State(Scope.Thread)
public class DecodeBenchmark {
  /** So many different packs that neither side can learn one by heart. */
  private static final int PACKS = 64;

  private static final String[] SENSORS = {
    "temperature", "humidity", "pressure", "vibration", "current"
  };
  private static final String[] UNITS = {"Cel", "%RH", "hPa", "m/s2", "A"};

  /** How a pack is spelled, and how many readings it has. */
  public enum Shape {
    JSON10(10),
    JSON50(50),
    CBOR10(10),
    CBOR50(50);

    private final int readings;

    Shape(int readings) {
      this.readings = readings;
    }

    /** Readings in each pack. */
    public int readings() {
      return readings;
    }

    boolean isJson() {
      return this == JSON10 || this == JSON50;
    }

    /** The name in figures. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Param public Shape shape = Shape.JSON10;

  private final DeviceId device = new DeviceId("plant-1", "pump-7");
  private final PackDecoder decoder = new PackDecoder(Limits.DEFAULT);
  private final PackDecoder parser = PackDecoder.byParserAlone(Limits.DEFAULT);
  private final PackBuffer buffer = new PackBuffer();
  private final byte[][] payloads = new byte[PACKS][];
  private JsonFactory tokenizer = new JsonFactory();
  private int next;

  /** Prepares the payloads. */
  @Setup
  public void writePacks() {
    tokenizer = shape.isJson() ? new JsonFactory() : new CBORFactory();
    Random random = new Random(42);
    for (int i = 0; i < PACKS; i++) {
      Pack pack = pack(1 + i, random);
      payloads[i] = shape.isJson() ? SenmlWriter.toJson(pack) : SenmlWriter.toCbor(pack);
    }
  }

  /** The decoder: from bytes to checked, resolved readings. */
  @Benchmark
  public double decode(CpuClock clock) throws PackRejectedException {
    clock.count();
    decoder.decode(nextPayload(), device, buffer);
    return buffer.value(buffer.size() - 1);
  }

  /** The decoder as it would be without its scanner for plain JSON. */
  @Benchmark
  public double parse(CpuClock clock) throws PackRejectedException {
    clock.count();
    parser.decode(nextPayload(), device, buffer);
    return buffer.value(buffer.size() - 1);
  }

  /** The bare tokenizer: finds where tokens begin and end, looks at none. */
  @Benchmark
  public int tokenize(CpuClock clock) throws IOException {
    clock.count();
    int count = 0;
    try (JsonParser parser = tokenizer.createParser(nextPayload())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        count++;
      }
    }
    return count;
  }

  private byte[] nextPayload() {
    next = (next + 1) % PACKS;
    return payloads[next];
  }

  private Pack pack(long seq, Random random) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < shape.readings(); i++) {
      int sensor = i % SENSORS.length;
      long time = 1_700_000_000_000L + seq * 1000 + (i / SENSORS.length) * 100L;
      double value = Math.round((20 + 5 * random.nextGaussian()) * 100) / 100.0;
      readings.add(new Reading(SENSORS[sensor], time, value, UNITS[sensor]));
    }
    return new Pack(device, Optional.of(new PackId("k3f9q2", seq)), readings);
  }
}
