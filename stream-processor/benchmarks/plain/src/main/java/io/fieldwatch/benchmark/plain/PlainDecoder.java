package io.fieldwatch.benchmark.plain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes SenML JSON with Jackson's data binding. Thread safe. */
public final class PlainDecoder {
  private final ObjectReader reader =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(SenmlRecord[].class);

  /**
   * Decodes all of a message or nothing.
   *
   * @throws MalformedPackException if it is no pack with an identity
   */
  public PlainPack decode(byte[] message) throws MalformedPackException {
    SenmlRecord[] records = parse(message);
    if (records.length == 0) {
      throw new MalformedPackException("Cannot decode pack: it is empty");
    }
    SenmlRecord first = records[0];
    if (first.bn == null || !first.bn.endsWith("/") || first.epoch == null || first.seq < 1) {
      throw new MalformedPackException("Cannot decode pack: it does not say whose it is");
    }
    List<PlainReading> readings = new ArrayList<>(records.length);
    for (SenmlRecord record : records) {
      if (record.n == null || record.v == null) {
        throw new MalformedPackException("Cannot decode pack: a record has no name or no number");
      }
      readings.add(new PlainReading(record.n, Math.round((first.bt + record.t) * 1000), record.v));
    }
    String device = first.bn.substring(0, first.bn.length() - 1);
    return new PlainPack(device, first.epoch, first.seq, readings);
  }

  private SenmlRecord[] parse(byte[] message) throws MalformedPackException {
    try {
      return reader.readValue(message);
    } catch (IOException e) {
      throw new MalformedPackException("Cannot decode pack: it is no SenML", e);
    }
  }
}
