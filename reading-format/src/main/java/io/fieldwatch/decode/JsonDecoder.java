package io.fieldwatch.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackDecoder;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.PayloadDecoder;
import java.io.IOException;

/** Reads plain JSON objects, or arrays of them, optionally in gzip. */
final class JsonDecoder extends PayloadDecoder {
  private final Format.Json format;
  private final int maxReadings;
  private final JsonFactory json;

  JsonDecoder(Format.Json format, PackDecoder.Limits limits) {
    super(limits, Reason.NOT_JSON);
    this.format = format;
    this.maxReadings = limits.maxReadings();
    this.json = newJsonFactory();
  }

  @Override
  protected void decodePlain(
      byte[] bytes, int length, DeviceId device, long ingestMillis, PackBuffer into)
      throws IOException, PackRejectedException {
    if (isWide(bytes, length)) {
      throw new PackRejectedException(
          Reason.NOT_JSON, "Cannot decode message of '" + device + "': it is not in UTF-8");
    }
    try (JsonParser parser = json.createParser(bytes, 0, length)) {
      new JsonReader(parser, format, device, ingestMillis, maxReadings, into).read();
    }
  }
}
