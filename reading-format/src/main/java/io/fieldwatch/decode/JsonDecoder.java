package io.fieldwatch.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.PayloadDecoder;
import java.io.IOException;

/** Reads plain JSON objects, or arrays of them, optionally in gzip. */
final class JsonDecoder extends PayloadDecoder {
  private static final int MAX_DEPTH = 64;

  private final Format.Json format;
  private final int maxReadings;
  private final JsonFactory json;

  JsonDecoder(Format.Json format, PackDecoder.Limits limits) {
    super(limits, Reason.NOT_JSON);
    this.format = format;
    this.maxReadings = limits.maxReadings();
    // Interned field names would let devices fill the JVM's string table.
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
  }

  @Override
  protected void decodePlain(
      byte[] bytes, int length, DeviceId device, long ingestMillis, PackBuffer into)
      throws IOException, PackRejectedException {
    try (JsonParser parser = json.createParser(bytes, 0, length)) {
      new JsonReader(parser, format, device, ingestMillis, maxReadings, into).read();
    }
  }
}
