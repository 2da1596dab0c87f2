package io.fieldwatch.senml;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
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
