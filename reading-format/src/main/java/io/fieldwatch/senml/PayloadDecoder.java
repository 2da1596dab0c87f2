package io.fieldwatch.senml;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ForeignText;
import io.fieldwatch.senml.PackDecoder.Limits;
import java.io.IOException;

/**
 * What every decoder does alike: it bounds a payload, takes it out of its gzip, decodes all of it
 * or nothing, and throws nothing but a rejection.
 *
 * <p>One decoder serves one thread for as long as it likes: parsers' tables, inflated bytes and
 * names are kept from payload to payload, all of them bounded. It never blocks.
 */
public abstract class PayloadDecoder {
  /** So deep may what a payload holds be nested. */
  static final int MAX_DEPTH = 64;

  static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();

  /** Parsers quote what they stumble over; so much of it is enough to find the place. */
  private static final int MAX_WORDS = 160;

  private final int maxBytes;
  private final Reason malformed;
  private final GzipReader gzip;

  /**
   * @param malformed why a payload is refused that is not of the decoder's format
   */
  protected PayloadDecoder(Limits limits, Reason malformed) {
    this.maxBytes = limits.maxBytes();
    this.malformed = requireNonNull(malformed, "malformed is null");
    this.gzip = new GzipReader(maxBytes);
  }

  /** Parsers of JSON as devices write it; each decoder has its own, with tables of its own. */
  protected static JsonFactory newJsonFactory() {
    // Interned field names would let devices fill the JVM's string table.
    return JsonFactory.builder()
        .streamReadConstraints(CONSTRAINTS)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .build();
  }

  /**
   * Whether the parser would take a payload for UTF-16 or UTF-32, which it reads as well: by a zero
   * among its first two bytes or by a byte order mark. No JSON in UTF-8 begins so.
   */
  protected static boolean isWide(byte[] bytes, int length) {
    if (length < 2) {
      return false;
    }
    boolean isMarked = (bytes[0] & 0xfe) == 0xfe;
    return isMarked || bytes[0] == 0 || bytes[1] == 0;
  }

  /**
   * Decodes all of a payload or nothing.
   *
   * @param device whose topic the payload came by; every name in it must be of this device
   * @param ingestMillis when it came, the time of readings that have none of their own
   * @param into takes the readings in the order of the payload; empty after a rejection
   * @throws PackRejectedException whatever the payload's bytes are, if they are not usable; nothing
   *     else is thrown
   */
  public final void decode(byte[] payload, DeviceId device, long ingestMillis, PackBuffer into)
      throws PackRejectedException {
    requireNonNull(device, "device is null");
    into.clear();
    boolean complete = false;
    try {
      decodeBounded(payload, device, ingestMillis, into);
      complete = true;
    } finally {
      if (!complete) {
        into.clear();
      }
    }
  }

  /**
   * Decodes a payload that is within the bound and in no gzip. What it throws may leave the buffer
   * half filled; exceptions other than rejections mean that the bytes are malformed.
   *
   * @param length how many of the bytes are the payload, from the first on
   */
  protected abstract void decodePlain(
      byte[] bytes, int length, DeviceId device, long ingestMillis, PackBuffer into)
      throws IOException, PackRejectedException;

  private void decodeBounded(byte[] payload, DeviceId device, long ingestMillis, PackBuffer into)
      throws PackRejectedException {
    if (payload.length > maxBytes) {
      throw tooLarge(device, "it has " + payload.length + " bytes");
    }
    try {
      if (GzipReader.isGzip(payload)) {
        int length = gzip.inflate(payload);
        if (length > maxBytes) {
          throw tooLarge(device, "it inflates to more");
        }
        decodePlain(gzip.bytes(), length, device, ingestMillis, into);
      } else {
        decodePlain(payload, payload.length, device, ingestMillis, into);
      }
    } catch (IOException | RuntimeException e) {
      // The parsers throw unchecked exceptions too on some bytes that are not of their format, and
      // no bytes that a device sends may stop the thread that decodes them.
      throw new PackRejectedException(
          malformed, "Cannot decode pack of '" + device + "': " + words(e));
    }
  }

  private PackRejectedException tooLarge(DeviceId device, String why) {
    return new PackRejectedException(
        Reason.TOO_LARGE,
        "Cannot decode pack of '%s': %s, the bound is %d bytes".formatted(device, why, maxBytes));
  }

  private static String words(Exception e) {
    if (e instanceof JsonProcessingException malformed) {
      JsonLocation location = malformed.getLocation();
      String where = location == null ? "" : " at byte " + location.getByteOffset();
      return ForeignText.printable(malformed.getOriginalMessage(), MAX_WORDS) + where;
    }
    if (e instanceof RuntimeException) {
      // Its own words name an index at best, and nothing once the JVM has compiled the parser.
      return "the parser gives up: " + e.getClass().getSimpleName();
    }
    return ForeignText.printable(String.valueOf(e.getMessage()), MAX_WORDS);
  }
}
