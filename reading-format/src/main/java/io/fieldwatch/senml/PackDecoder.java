package io.fieldwatch.senml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Reads SenML packs (RFC 8428), JSON or CBOR, either of them optionally in gzip. What is accepted
 * and what is refused for which reason is on the page {@code docs/reference/senml.md}.
 */
public final class PackDecoder extends PayloadDecoder {
  private final int maxReadings;
  private final JsonFactory json;
  private final CBORFactory cbor;
  private final TextCache texts = new TextCache();
  private final @Nullable JsonScanner scanner;

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
    this(limits, new JsonScanner(limits.maxReadings()));
  }

  private PackDecoder(Limits limits, @Nullable JsonScanner scanner) {
    super(limits, Reason.NOT_SENML);
    this.scanner = scanner;
    this.maxReadings = limits.maxReadings();
    this.json = newJsonFactory();
    this.cbor =
        CBORFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
  }

  /** A decoder that leaves all to the parser; what the scanner is measured and tested against. */
  public static PackDecoder byParserAlone(Limits limits) {
    return new PackDecoder(limits, null);
  }

  /**
   * Decodes a payload as {@link #decode(byte[], DeviceId, long, PackBuffer)} does: SenML has its
   * own times.
   */
  public void decode(byte[] payload, DeviceId device, PackBuffer into)
      throws PackRejectedException {
    decode(payload, device, 0, into);
  }

  @Override
  protected void decodePlain(
      byte[] bytes, int length, DeviceId device, long ingestMillis, PackBuffer into)
      throws IOException, PackRejectedException {
    Encoding encoding = Encoding.of(bytes, length);
    if (encoding == null) {
      throw new PackRejectedException(
          Reason.NOT_SENML,
          "Cannot decode pack of '"
              + device
              + "': it starts with neither a JSON array in UTF-8 nor a CBOR array");
    }
    if (encoding == Encoding.JSON && scanner != null && scanner.scan(bytes, length, device, into)) {
      return;
    }
    if (encoding == Encoding.CBOR) {
      CborCheck.requireWellFormed(bytes, length, MAX_DEPTH);
    }
    JsonFactory factory = encoding == Encoding.JSON ? json : cbor;
    try (JsonParser parser = factory.createParser(bytes, 0, length)) {
      new PackReader(parser, bytes, encoding, device, maxReadings, texts, into).read();
    }
  }
}
