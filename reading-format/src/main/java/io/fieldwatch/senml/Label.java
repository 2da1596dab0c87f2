package io.fieldwatch.senml;

import org.jspecify.annotations.Nullable;

/** The fields of a SenML record (RFC 8428, table 4), and our two extensions. */
enum Label {
  BASE_VERSION("bver", -1),
  BASE_NAME("bn", -2),
  BASE_TIME("bt", -3),
  BASE_UNIT("bu", -4),
  BASE_VALUE("bv", -5),
  BASE_SUM("bs", -6),
  NAME("n", 0),
  UNIT("u", 1),
  VALUE("v", 2),
  STRING_VALUE("vs", 3),
  BOOLEAN_VALUE("vb", 4),
  SUM("s", 5),
  TIME("t", 6),
  UPDATE_TIME("ut", 7),
  DATA_VALUE("vd", 8),
  /** The identity's two labels are texts in CBOR too: integers are the registry's to give. */
  EPOCH("epoch", 0),
  SEQ("seq", 0);

  private final String json;
  private final int cbor;

  Label(String json, int cbor) {
    this.json = json;
    this.cbor = cbor;
  }

  String json() {
    return json;
  }

  int cbor() {
    return cbor;
  }

  /** The field a JSON label names, or null if it is none of these. */
  static @Nullable Label ofJson(String label) {
    return switch (label) {
      case "n" -> NAME;
      case "u" -> UNIT;
      case "v" -> VALUE;
      case "t" -> TIME;
      case "bn" -> BASE_NAME;
      case "bt" -> BASE_TIME;
      case "bu" -> BASE_UNIT;
      case "bv" -> BASE_VALUE;
      case "bs" -> BASE_SUM;
      case "bver" -> BASE_VERSION;
      case "vs" -> STRING_VALUE;
      case "vb" -> BOOLEAN_VALUE;
      case "vd" -> DATA_VALUE;
      case "s" -> SUM;
      case "ut" -> UPDATE_TIME;
      case "epoch" -> EPOCH;
      case "seq" -> SEQ;
      default -> null;
    };
  }

  /**
   * The field a CBOR label names, or null if it is none of these. Integers come in decimal; the
   * texts of JSON are understood too, because general CBOR libraries write them.
   */
  static @Nullable Label ofCbor(String label) {
    return switch (label) {
      case "0" -> NAME;
      case "1" -> UNIT;
      case "2" -> VALUE;
      case "6" -> TIME;
      case "-1" -> BASE_VERSION;
      case "-2" -> BASE_NAME;
      case "-3" -> BASE_TIME;
      case "-4" -> BASE_UNIT;
      case "-5" -> BASE_VALUE;
      case "-6" -> BASE_SUM;
      case "3" -> STRING_VALUE;
      case "4" -> BOOLEAN_VALUE;
      case "5" -> SUM;
      case "7" -> UPDATE_TIME;
      case "8" -> DATA_VALUE;
      default -> ofJson(label);
    };
  }
}
