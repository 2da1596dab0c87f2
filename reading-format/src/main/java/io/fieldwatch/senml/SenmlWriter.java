package io.fieldwatch.senml;

import io.fieldwatch.json.JsonWriter;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;

/**
 * Writes packs as SenML (RFC 8428). The first record carries base name, base time, and the pack's
 * identity if it has one; every record carries its sensor, its unit if it has one, its value, and
 * its time from the base time unless that is zero. Values and times read back exactly.
 *
 * <p>Pure functions; any thread.
 */
public final class SenmlWriter {
  private static final int BYTES_PER_READING = 48;
  private static final int BYTES_PER_PACK = 128;

  private SenmlWriter() {}

  /**
   * The pack as SenML JSON.
   *
   * @throws IllegalArgumentException if a reading's time lies before 1970 or after 9999. A time
   *     before 1978-07-04 is written but no decoder will have it, because SenML takes numbers below
   *     2^28 seconds for times relative to now.
   */
  public static byte[] toJson(Pack pack) {
    long baseMillis = baseMillis(pack);
    JsonWriter out = new JsonWriter(BYTES_PER_PACK + BYTES_PER_READING * pack.readings().size());
    out.raw("[{\"bn\":").string(pack.device().baseName());
    out.raw(",\"bt\":").decimal(baseMillis, 3);
    if (pack.id().isPresent()) {
      PackId id = pack.id().get();
      out.raw(",\"epoch\":").string(id.epoch()).raw(",\"seq\":").number(id.seq());
    }
    String separator = ",";
    for (Reading reading : pack.readings()) {
      out.raw(separator).raw("\"n\":").string(reading.sensor());
      if (!reading.unit().isEmpty()) {
        out.raw(",\"u\":").string(reading.unit());
      }
      long fromBase = fromBase(reading, baseMillis);
      if (fromBase != 0) {
        out.raw(",\"t\":").decimal(fromBase, 3);
      }
      writeValue(reading, out);
      out.raw("}");
      separator = ",{";
    }
    return out.raw("]").toBytes();
  }

  /**
   * The pack as SenML CBOR, about half the size of the JSON.
   *
   * @throws IllegalArgumentException as {@link #toJson(Pack)}
   */
  public static byte[] toCbor(Pack pack) {
    long baseMillis = baseMillis(pack);
    CborWriter out = new CborWriter(BYTES_PER_PACK + BYTES_PER_READING * pack.readings().size());
    out.arrayOf(pack.readings().size());
    boolean first = true;
    for (Reading reading : pack.readings()) {
      long fromBase = fromBase(reading, baseMillis);
      int ownFields = 2 + (reading.unit().isEmpty() ? 0 : 1) + (fromBase == 0 ? 0 : 1);
      if (first) {
        out.mapOf(ownFields + 2 + (pack.id().isPresent() ? 2 : 0));
        writeBase(pack, baseMillis, out);
        first = false;
      } else {
        out.mapOf(ownFields);
      }
      out.integer(Label.NAME.cbor()).text(reading.sensor());
      if (!reading.unit().isEmpty()) {
        out.integer(Label.UNIT.cbor()).text(reading.unit());
      }
      if (fromBase != 0) {
        out.integer(Label.TIME.cbor()).number(fromBase / 1000.0);
      }
      writeValue(reading, out);
    }
    return out.toBytes();
  }

  private static void writeBase(Pack pack, long baseMillis, CborWriter out) {
    out.integer(Label.BASE_NAME.cbor()).text(pack.device().baseName());
    out.integer(Label.BASE_TIME.cbor()).number(baseMillis / 1000.0);
    if (pack.id().isPresent()) {
      PackId id = pack.id().get();
      out.text(Label.EPOCH.json()).text(id.epoch());
      out.text(Label.SEQ.json()).integer(id.seq());
    }
  }

  private static void writeValue(Reading reading, JsonWriter out) {
    switch (reading.kind()) {
      case NUMBER -> out.raw(",\"v\":").number(reading.value());
      case BOOLEAN -> out.raw(",\"vb\":").raw(reading.value() == 1 ? "true" : "false");
      case SUM -> out.raw(",\"s\":").number(reading.value());
    }
  }

  private static void writeValue(Reading reading, CborWriter out) {
    switch (reading.kind()) {
      case NUMBER -> out.integer(Label.VALUE.cbor()).number(reading.value());
      case BOOLEAN -> out.integer(Label.BOOLEAN_VALUE.cbor()).truth(reading.value() == 1);
      case SUM -> out.integer(Label.SUM.cbor()).number(reading.value());
    }
  }

  private static long baseMillis(Pack pack) {
    return inRange(pack.readings().get(0).timeMillis());
  }

  private static long fromBase(Reading reading, long baseMillis) {
    return inRange(reading.timeMillis()) - baseMillis;
  }

  private static long inRange(long millis) {
    if (millis < 0 || millis >= SenmlTime.END_MILLIS) {
      throw new IllegalArgumentException(
          "Cannot write a reading of time " + millis + " ms: outside the years 1970 to 9999");
    }
    return millis;
  }
}
