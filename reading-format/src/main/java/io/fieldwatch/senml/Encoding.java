package io.fieldwatch.senml;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The two ways to spell a SenML pack. */
enum Encoding {
  JSON {
    @Override
    @Nullable Label label(String name) {
      return Label.ofJson(name);
    }

    @Override
    double number(JsonParser parser, byte[] payload) throws IOException {
      double simple =
          DecimalText.parse(
              parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      return Double.isNaN(simple) ? parser.getDoubleValue() : simple;
    }
  },
  CBOR {
    @Override
    @Nullable Label label(String name) {
      return Label.ofCbor(name);
    }

    @Override
    double number(JsonParser parser, byte[] payload) throws IOException {
      return switch (parser.getNumberType()) {
        case BIG_INTEGER, BIG_DECIMAL -> CborNumbers.checked(parser, payload);
        default -> parser.getDoubleValue();
      };
    }
  };

  /** The field a label names, or null if it is none of SenML's or ours. */
  abstract @Nullable Label label(String name);

  /**
   * The number the parser stands on; not finite where it is beyond a double.
   *
   * @param payload what the parser parses
   */
  abstract double number(JsonParser parser, byte[] payload) throws IOException;

  /** The encoding that a payload's first byte shows, or null if it is the start of neither. */
  static @Nullable Encoding of(byte[] payload, int length) {
    if (length == 0) {
      return null;
    }
    int first = payload[0] & 0xff;
    if (first >= 0x80 && first <= 0x9f) {
      return CBOR;
    }
    boolean isText = first == '[' || isSpace(first);
    return isText && !PayloadDecoder.isWide(payload, length) ? JSON : null;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
