package io.fieldwatch.senml;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ForeignText;
import java.io.IOException;
import java.io.Serializable;

/**
 * Reads SenML packs (RFC 8428), JSON or CBOR, either of them optionally in gzip. What is accepted
 * and what is refused for which reason is on the page {@code docs/reference/senml.md}.
 *
 * <p>One decoder serves one thread for as long as it likes: parsers' tables, inflated bytes and
 * names are kept from pack to pack, all of them bounded. It never blocks.
 */
public final class PackDecoder {
  private static final int MAX_DEPTH = 64;

  /** Parsers quote what they stumble over; so much of it is enough to find the place. */
  private static final int MAX_WORDS = 160;

  private final Limits limits;
  private final JsonFactory json;
  private final CBORFactory cbor;
  private final TextCache texts = new TextCache();
  private final GzipReader gzip;

  /**
   * How much a pack may hold.
   *
   * @param maxBytes of the payload, and again of what it inflates to
   * @param maxReadings in one pack
   */
  public record Limits(int maxBytes, int maxReadings) implements Serializable {
    /** 256 KiB and 10,000 readings. */
    public static final Limits DEFAULT = new Limits(256 * 1024, 10_000);

    public Limits {
      if (maxBytes < 1 || maxBytes == Integer.MAX_VALUE) {
        throw new IllegalArgumentException("Invalid bound of " + maxBytes + " bytes");
      }
      if (maxReadings < 1) {
        throw new IllegalArgumentException("Invalid bound of " + maxReadings + " readings");
      }
    }
  }

  public PackDecoder(Limits limits) {
    this.limits = requireNonNull(limits, "limits is null");
    this.gzip = new GzipReader(limits.maxBytes());
    StreamReadConstraints constraints =
        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    // Interned field names would let devices fill the JVM's string table.
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    this.cbor =
        CBORFactory.builder()
            .streamReadConstraints(constraints)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
  }

  /**
   * Decodes all of a payload or nothing.
   *
   * @param device whose topic the payload came by; every name in the pack must be of this device
   * @param into takes the readings in the order of the pack; empty after a rejection
   * @throws PackRejectedException whatever the payload's bytes are, if they are no usable pack;
   *     nothing else is thrown
   */
  public void decode(byte[] payload, DeviceId device, PackBuffer into)
      throws PackRejectedException {
    requireNonNull(device, "device is null");
    into.clear();
    boolean complete = false;
    try {
      decodeBounded(payload, device, into);
      complete = true;
    } finally {
      if (!complete) {
        into.clear();
      }
    }
  }

  private void decodeBounded(byte[] payload, DeviceId device, PackBuffer into)
      throws PackRejectedException {
    if (payload.length > limits.maxBytes()) {
      throw tooLarge(device, "it has " + payload.length + " bytes");
    }
    try {
      if (GzipReader.isGzip(payload)) {
        int length = gzip.inflate(payload);
        if (length > limits.maxBytes()) {
          throw tooLarge(device, "it inflates to more");
        }
        decodePlain(gzip.bytes(), length, device, into);
      } else {
        decodePlain(payload, payload.length, device, into);
      }
    } catch (IOException | RuntimeException e) {
      // The parsers throw unchecked exceptions too on some bytes that are neither JSON nor CBOR,
      // and no bytes that a device sends may stop the thread that decodes them.
      throw new PackRejectedException(
          Reason.NOT_SENML, "Cannot decode pack of '" + device + "': " + words(e));
    }
  }

  private void decodePlain(byte[] bytes, int length, DeviceId device, PackBuffer into)
      throws IOException, PackRejectedException {
    Encoding encoding = Encoding.of(bytes, length);
    if (encoding == null) {
      throw new PackRejectedException(
          Reason.NOT_SENML,
          "Cannot decode pack of '"
              + device
              + "': it starts with neither a JSON array in UTF-8 nor a CBOR array");
    }
    JsonFactory factory = encoding == Encoding.JSON ? json : cbor;
    try (JsonParser parser = factory.createParser(bytes, 0, length)) {
      new PackReader(parser, bytes, encoding, device, limits.maxReadings(), texts, into).read();
    }
  }

  private PackRejectedException tooLarge(DeviceId device, String why) {
    return new PackRejectedException(
        Reason.TOO_LARGE,
        "Cannot decode pack of '%s': %s, the bound is %d bytes"
            .formatted(device, why, limits.maxBytes()));
  }

  private static String words(Exception e) {
    if (e instanceof JsonProcessingException malformed) {
      JsonLocation location = malformed.getLocation();
      String where = location == null ? "" : " at byte " + location.getByteOffset();
      return ForeignText.printable(malformed.getOriginalMessage(), MAX_WORDS) + where;
    }
    return ForeignText.printable(String.valueOf(e.getMessage()), MAX_WORDS);
  }
}
