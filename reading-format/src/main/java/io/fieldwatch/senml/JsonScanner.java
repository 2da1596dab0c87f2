package io.fieldwatch.senml;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ValueKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads SenML JSON of the shape that agents write, several times faster than a complete parser. It
 * never refuses a payload: anything unusual (escapes, exponents, other fields, other letters than
 * ASCII, every fault) makes it give up, and {@link PackReader} then reads the payload from its
 * start and decides.
 *
 * <p>What it accepts, {@link PackReader} accepts too, with the same readings to the last bit; a
 * property test holds both against each other. Not thread-safe.
 */
final class JsonScanner {
  /** In {@link #seen}: a bit for every field it knows. */
  private static final int NAME = 1;

  private static final int UNIT = 1 << 1;
  private static final int VALUE = 1 << 2;
  private static final int BOOLEAN = 1 << 3;
  private static final int SUM = 1 << 4;
  private static final int TIME = 1 << 5;
  private static final int BASE_NAME = 1 << 6;
  private static final int BASE_TIME = 1 << 7;
  private static final int BASE_UNIT = 1 << 8;
  private static final int EPOCH = 1 << 9;
  private static final int SEQ = 1 << 10;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The bytes {@code "?":} with no letter in the place of the question mark. */
  private static final int QUOTED = '"' | '"' << 16 | ':' << 24;

  /** So many characters that their digits cannot overflow a long. */
  private static final int MAX_NUMBER = 18;

  /**
   * Thrown where the payload is unusual, and caught in {@link #scan}: one for all, without trace.
   */
  private static final class UnusualException extends Exception {
    private UnusualException() {
      super(null, null, false, false);
    }
  }

  private final int maxReadings;
  private final AsciiCache names = new AsciiCache();

  /** Apart from the names, because there are as many as devices: they would push the names out. */
  private final AsciiCache epochs = new AsciiCache();

  private final UnusualException unusual = new UnusualException();

  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  private DeviceId device = new DeviceId("none", "none");

  private boolean baseNameIsOfDevice;
  private String baseUnit = "";
  private double baseTime;

  private int seen;
  private AsciiCache.@Nullable Text name;
  private String unit = "";
  private double value;
  private double sum;
  private double time;
  private String epoch = "";
  private long seq;

  /** Whether the number read last has no point: {@link #number} sets it. */
  private boolean whole;

  JsonScanner(int maxReadings) {
    this.maxReadings = maxReadings;
  }

  /**
   * Reads the whole payload.
   *
   * @return false if it is unusual; the buffer is then in no particular state
   */
  boolean scan(byte[] bytes, int length, DeviceId device, PackBuffer into) {
    this.bytes = bytes;
    this.end = length;
    this.at = 0;
    this.device = device;
    baseNameIsOfDevice = false;
    baseUnit = "";
    baseTime = 0;
    into.begin(device);
    try {
      readPack(into);
      return true;
    } catch (UnusualException e) {
      return false;
    }
  }

  private void readPack(PackBuffer into) throws UnusualException {
    expect('[');
    do {
      expect('{');
      readRecord();
      add(into);
    } while (isNext(','));
    expect(']');
    if (next() != 0 || at < end) {
      throw unusual;
    }
  }

  private void readRecord() throws UnusualException {
    seen = 0;
    time = 0;
    do {
      int field = label();
      if ((seen & field) != 0) {
        throw unusual;
      }
      seen |= field;
      readValue(field);
    } while (isNext(','));
    expect('}');
  }

  private void readValue(int field) throws UnusualException {
    switch (field) {
      case NAME -> name = text(names);
      case VALUE -> value = number();
      case UNIT -> unit = text(names).string();
      case TIME -> time = number();
      case BOOLEAN -> value = truth();
      case SUM -> sum = number();
      case BASE_NAME -> baseName();
      case BASE_TIME -> baseTime = number();
      case BASE_UNIT -> baseUnit = text(names).string();
      case EPOCH -> epoch = name(text(epochs));
      default -> seq = wholeNumber();
    }
  }

  private void add(PackBuffer into) throws UnusualException {
    if ((seen & (EPOCH | SEQ)) != 0) {
      identify(into);
    }
    if (!baseNameIsOfDevice || (seen & NAME) == 0 || name == null) {
      throw unusual;
    }
    ValueKind kind = kind();
    long millis = SenmlTime.toMillis(baseTime + time);
    if (!SenmlTime.isAbsolute(millis) || into.size() == maxReadings) {
      throw unusual;
    }
    into.add(
        name(name),
        (seen & UNIT) != 0 ? unit : baseUnit,
        millis,
        kind == ValueKind.SUM ? sum : value,
        kind);
  }

  private ValueKind kind() throws UnusualException {
    return switch (seen & (VALUE | BOOLEAN)) {
      case VALUE -> ValueKind.NUMBER;
      case BOOLEAN -> ValueKind.BOOLEAN;
      case 0 -> {
        if ((seen & SUM) == 0) {
          throw unusual;
        }
        yield ValueKind.SUM;
      }
      default -> throw unusual;
    };
  }

  private void identify(PackBuffer into) throws UnusualException {
    if (into.size() > 0 || (seen & (EPOCH | SEQ)) != (EPOCH | SEQ) || seq < 1) {
      throw unusual;
    }
    into.identify(epoch, seq);
  }

  private String name(AsciiCache.Text text) throws UnusualException {
    if (!text.isName()) {
      throw unusual;
    }
    return text.string();
  }

  /** The field whose label comes next; takes the label and its colon. */
  private int label() throws UnusualException {
    int field = at + 4 <= end ? shortLabel((int) INTS.get(bytes, at)) : 0;
    if (field != 0) {
      at += 4;
      return field;
    }
    expect('"');
    field = field();
    expect(':');
    return field;
  }

  /** The field of a label of one letter with its quotes and colon, which most are; else 0. */
  private static int shortLabel(int fourBytes) {
    return switch (fourBytes) {
      case QUOTED | 'n' << 8 -> NAME;
      case QUOTED | 'v' << 8 -> VALUE;
      case QUOTED | 't' << 8 -> TIME;
      case QUOTED | 'u' << 8 -> UNIT;
      case QUOTED | 's' << 8 -> SUM;
      default -> 0;
    };
  }

  /** The field whose label begins here, behind its quote. */
  private int field() throws UnusualException {
    int first = byteAt(at);
    if (byteAt(at + 1) == '"') {
      at += 2;
      return switch (first) {
        case 'n' -> NAME;
        case 'v' -> VALUE;
        case 'u' -> UNIT;
        case 't' -> TIME;
        case 's' -> SUM;
        default -> throw unusual;
      };
    }
    if (byteAt(at + 2) == '"') {
      return twoLetters(first, byteAt(at + 1));
    }
    if (isHere("epoch\"")) {
      return EPOCH;
    }
    if (isHere("seq\"")) {
      return SEQ;
    }
    throw unusual;
  }

  private int twoLetters(int first, int second) throws UnusualException {
    at += 3;
    if (first == 'v' && second == 'b') {
      return BOOLEAN;
    }
    if (first != 'b') {
      throw unusual;
    }
    return switch (second) {
      case 'n' -> BASE_NAME;
      case 't' -> BASE_TIME;
      case 'u' -> BASE_UNIT;
      default -> throw unusual;
    };
  }

  private AsciiCache.Text text(AsciiCache texts) throws UnusualException {
    expect('"');
    int start = at;
    AsciiCache.Text likely = texts.likelyNext();
    int likelyEnd = start + likely.length();
    if (likelyEnd < end && bytes[likelyEnd] == '"' && likely.isAt(bytes, start)) {
      at = likelyEnd + 1;
      return texts.take(likely);
    }
    int hash = 0;
    int i = start;
    for (int b = byteAt(i); b != '"'; b = byteAt(i)) {
      // Control characters, DEL, and, being negative, all that is not ASCII.
      if (b < ' ' || b == 0x7f || b == '\\') {
        throw unusual;
      }
      hash = 31 * hash + b;
      i++;
    }
    if (i - start > AsciiCache.MAX_LENGTH) {
      throw unusual;
    }
    at = i + 1;
    return texts.get(bytes, start, i, hash);
  }

  private void baseName() throws UnusualException {
    expect('"');
    if (!isHere(device.site())
        || !isHere("/")
        || !isHere(device.device())
        || !isHere("/")
        || !isHere("\"")) {
      throw unusual;
    }
    baseNameIsOfDevice = true;
  }

  private double truth() throws UnusualException {
    next();
    if (isHere("true")) {
      return 1;
    }
    if (isHere("false")) {
      return 0;
    }
    throw unusual;
  }

  private long wholeNumber() throws UnusualException {
    double number = number();
    // Up to here every whole number is exact as a double.
    if (!whole || number >= DecimalText.MAX_EXACT_INTEGER) {
      throw unusual;
    }
    return (long) number;
  }

  /** A number of JSON's grammar, without exponent and with few enough digits. */
  private double number() throws UnusualException {
    boolean negative = next() == '-';
    byte[] text = bytes;
    int start = negative ? at + 1 : at;
    int stop = Math.min(end, start + MAX_NUMBER);
    int i = start;
    long digits = 0;
    for (; i < stop && isDigit(text[i]); i++) {
      digits = digits * 10 + (text[i] - '0');
    }
    boolean leadingZero = i - start > 1 && text[start] == '0';
    if (i == start || leadingZero) {
      throw unusual;
    }
    whole = byteAt(i) != '.';
    int decimals = 0;
    if (!whole) {
      int point = i;
      for (i++; i < stop && isDigit(text[i]); i++) {
        digits = digits * 10 + (text[i] - '0');
      }
      decimals = i - point - 1;
      if (decimals == 0) {
        throw unusual;
      }
    }
    at = i;
    // More digits, an exponent or any other rest is what the next expectation stumbles over.
    double number = DecimalText.number(negative, digits, decimals);
    if (Double.isNaN(number)) {
      throw unusual;
    }
    return number;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private void expect(char c) throws UnusualException {
    if (next() != c) {
      throw unusual;
    }
    at++;
  }

  private boolean isNext(char c) {
    boolean is = next() == c;
    if (is) {
      at++;
    }
    return is;
  }

  /** The byte that is next behind white space; it is not taken yet. */
  private int next() {
    int b = byteAt(at);
    while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      b = byteAt(++at);
    }
    return b;
  }

  /** Whether these characters come next; takes them if they do. */
  private boolean isHere(String ascii) {
    int length = ascii.length();
    for (int i = 0; i < length; i++) {
      if (byteAt(at + i) != ascii.charAt(i)) {
        return false;
      }
    }
    at += length;
    return true;
  }

  /** Zero behind the end: JSON has no such byte outside, and no text may hold it. */
  private int byteAt(int i) {
    return i < end ? bytes[i] : 0;
  }
}
