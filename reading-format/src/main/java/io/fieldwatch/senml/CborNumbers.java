package io.fieldwatch.senml;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * CBOR's rarer numbers: 64-bit integers beyond a long, and decimal fractions (tag 4) of integers.
 *
 * <p>Bignums (tags 2 and 3) are refused, alone and as the mantissa of a decimal fraction. SenML
 * does not need them, and jackson-dataformat-cbor 2.15.2 takes those whose first bit is set for
 * negative numbers: a wrong value is worse than none. The parser does not say what it has made a
 * number of, so the payload's own bytes are looked at.
 */
final class CborNumbers {
  private static final int UNSIGNED_64 = 0x1b;
  private static final int NEGATIVE_64 = 0x3b;
  private static final int DECIMAL_FRACTION = 0xc4;
  private static final int ARRAY_OF_TWO = 0x82;
  private static final int FIRST_AFTER_INTEGERS = 0x40;

  private CborNumbers() {}

  /** The number the parser stands on, one that did not fit into a long or a float. */
  static double checked(JsonParser parser, byte[] payload) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    int first = payload[start] & 0xff;
    boolean integer = first == UNSIGNED_64 || first == NEGATIVE_64;
    if (!integer && !isDecimalFractionOfIntegers(payload, start)) {
      throw new JsonParseException(parser, "Bignums are not supported");
    }
    return parser.getDoubleValue();
  }

  /** The parser has read it, so it is complete. */
  private static boolean isDecimalFractionOfIntegers(byte[] payload, int start) {
    if ((payload[start] & 0xff) != DECIMAL_FRACTION
        || (payload[start + 1] & 0xff) != ARRAY_OF_TWO) {
      return false;
    }
    int exponent = start + 2;
    return isInteger(payload, exponent) && isInteger(payload, exponent + size(payload, exponent));
  }

  private static boolean isInteger(byte[] payload, int at) {
    return (payload[at] & 0xff) < FIRST_AFTER_INTEGERS;
  }

  /** The length of an integer's encoding, in bytes. */
  private static int size(byte[] payload, int at) {
    int additional = payload[at] & 0x1f;
    return additional < 24 ? 1 : 1 + (1 << (additional - 24));
  }
}
