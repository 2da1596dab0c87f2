package io.fieldwatch.benchmark.limit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Decodes packs with Jackson's streaming parser and keeps nothing of them. Not thread safe. */
final class PackCounter {
  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private double sum;

  /** How many readings are in a pack; 0 if it is cut off. */
  int readings(byte[] pack) throws IOException {
    int readings = 0;
    try (JsonParser parser = factory.createParser(pack)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> sum += parser.getDoubleValue();
          case VALUE_STRING -> sum += parser.getText().length();
          case END_OBJECT -> readings++;
          default -> {}
        }
      }
    } catch (JsonProcessingException e) {
      return 0;
    }
    return readings;
  }

  /** Of all that was decoded, so that no compiler leaves the decoding out. */
  double sum() {
    return sum;
  }
}
