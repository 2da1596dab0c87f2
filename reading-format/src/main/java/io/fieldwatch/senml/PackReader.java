package io.fieldwatch.senml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ForeignText;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Reads the records of one pack, token by token, and resolves each (RFC 8428, section 4.6). */
final class PackReader {
  private static final int VERSION_OF_RFC_8428 = 10;

  /** RFC 9100: the same format with the secondary units, and units are only text to us. */
  private static final int VERSION_WITH_SECONDARY_UNITS = 26;

  private final JsonParser parser;
  private final byte[] payload;
  private final Encoding encoding;
  private final DeviceId device;
  private final int maxReadings;
  private final TextCache texts;
  private final PackBuffer into;

  private boolean baseNameIsOfDevice;
  private String baseName = "";
  private String baseUnit = "";
  private double baseTime;

  /** Minus zero: the one number that leaves every other as it is when added, minus zero too. */
  private double baseValue = -0.0;

  private double baseSum = -0.0;

  private int recordNumber;
  private final Set<Label> seen = EnumSet.noneOf(Label.class);
  private String name = "";
  private String unit = "";
  private double time;
  private double value;
  private double sum;
  private String epoch = "";
  private long seq;

  PackReader(
      JsonParser parser,
      byte[] payload,
      Encoding encoding,
      DeviceId device,
      int maxReadings,
      TextCache texts,
      PackBuffer into) {
    this.parser = parser;
    this.payload = payload;
    this.encoding = encoding;
    this.device = device;
    this.maxReadings = maxReadings;
    this.texts = texts;
    this.into = into;
  }

  /** Reads the whole payload. What it throws leaves the buffer half filled. */
  void read() throws IOException, PackRejectedException {
    into.begin(device);
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw rejected(Reason.NOT_SENML, "it is no array of records");
    }
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      recordNumber++;
      if (token != JsonToken.START_OBJECT) {
        throw inRecord(Reason.NOT_SENML, token == null ? "is missing: cut off" : "is no object");
      }
      readRecord();
      token = parser.nextToken();
    }
    if (into.size() == 0) {
      throw rejected(Reason.NOT_SENML, "it has no records");
    }
    if (parser.nextToken() != null) {
      throw rejected(Reason.NOT_SENML, "there is more behind its end");
    }
  }

  private void readRecord() throws IOException, PackRejectedException {
    seen.clear();
    name = "";
    unit = baseUnit;
    time = 0;
    value = 0;
    sum = 0;
    for (String label = parser.nextFieldName(); label != null; label = parser.nextFieldName()) {
      readField(label);
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw inRecord(Reason.NOT_SENML, "is cut off");
    }
    addReading();
  }

  private void readField(String text) throws IOException, PackRejectedException {
    Label label = encoding.label(text);
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw inRecord(Reason.NOT_SENML, "is cut off");
    }
    if (label == null) {
      ignore(text, token);
      return;
    }
    if (!seen.add(label)) {
      throw inRecord(Reason.NOT_SENML, "has '" + label.json() + "' twice");
    }
    switch (label) {
      case NAME -> name = text(label, token);
      case UNIT -> unit = unit(label, token);
      case VALUE -> value = value(label, token);
      case SUM -> sum = value(label, token);
      case BOOLEAN_VALUE -> value = booleanValue(token);
      case TIME -> time = number(label, token);
      case BASE_NAME -> baseName(token);
      case BASE_TIME -> baseTime = number(label, token);
      case BASE_UNIT -> baseUnit(label, token);
      case BASE_VALUE -> baseValue = number(label, token);
      case BASE_SUM -> baseSum = number(label, token);
      case BASE_VERSION -> version(token);
      case EPOCH -> epoch(token);
      case SEQ -> seq(token);
      case UPDATE_TIME -> number(label, token);
      case STRING_VALUE, DATA_VALUE ->
          throw inRecord(
              Reason.NO_NUMERIC_VALUE, "has '" + label.json() + "': only numbers and booleans");
    }
  }

  private void addReading() throws PackRejectedException {
    if (seen.contains(Label.EPOCH) || seen.contains(Label.SEQ)) {
      identify();
    }
    ValueKind kind = kind();
    double resolved = resolvedValue(kind);
    String sensor = sensor();
    long millis = millis();
    if (into.size() == maxReadings) {
      throw rejected(Reason.TOO_MANY_READINGS, "it has more than " + maxReadings + " readings");
    }
    into.add(sensor, unit, millis, resolved, kind);
  }

  /** A sum beside a value is that value's integral, not a reading of its own: the value counts. */
  private ValueKind kind() throws PackRejectedException {
    if (seen.contains(Label.VALUE)) {
      if (seen.contains(Label.BOOLEAN_VALUE)) {
        throw inRecord(Reason.NOT_SENML, "has both 'v' and 'vb'");
      }
      return ValueKind.NUMBER;
    }
    if (seen.contains(Label.BOOLEAN_VALUE)) {
      return ValueKind.BOOLEAN;
    }
    if (seen.contains(Label.SUM)) {
      return ValueKind.SUM;
    }
    throw inRecord(Reason.NO_NUMERIC_VALUE, "has no value");
  }

  private double resolvedValue(ValueKind kind) throws PackRejectedException {
    return switch (kind) {
      case NUMBER -> added(baseValue, value, "'bv' and 'v'");
      case BOOLEAN -> value;
      case SUM -> added(baseSum, sum, "'bs' and 's'");
    };
  }

  private double added(double base, double own, String what) throws PackRejectedException {
    double both = base + own;
    if (!Double.isFinite(both)) {
      throw inRecord(Reason.NOT_FINITE, "has a sum of " + what + " beyond a double");
    }
    return both;
  }

  private void identify() throws PackRejectedException {
    if (recordNumber > 1) {
      throw inRecord(Reason.BAD_IDENTITY, "has 'epoch' or 'seq', which belong in record 1");
    }
    if (!seen.contains(Label.EPOCH) || !seen.contains(Label.SEQ)) {
      throw inRecord(Reason.BAD_IDENTITY, "has 'epoch' or 'seq' without the other");
    }
    into.identify(epoch, seq);
  }

  private String sensor() throws PackRejectedException {
    String sensor = name;
    if (!baseNameIsOfDevice) {
      String full = baseName + name;
      if (!full.startsWith(device.baseName())) {
        throw inRecord(Reason.FOREIGN_BASE_NAME, "is named '" + ForeignText.printable(full) + "'");
      }
      sensor = full.substring(device.baseName().length());
    }
    if (!DeviceId.isName(sensor)) {
      throw inRecord(
          Reason.BAD_SENSOR_NAME,
          "has the sensor name '"
              + ForeignText.printable(sensor)
              + "': expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
    return sensor;
  }

  private long millis() throws PackRejectedException {
    double seconds = baseTime + time;
    // Rounded before it is judged: the sum of two exact times can lie a hair below the first.
    long millis = SenmlTime.toMillis(seconds);
    if (!SenmlTime.isAbsolute(millis)) {
      throw inRecord(
          Reason.NOT_FINITE,
          "has the time "
              + seconds
              + " s: expected at least 2^28 (below it is relative to now) and before year 10000");
    }
    return millis;
  }

  private void baseName(JsonToken token) throws IOException, PackRejectedException {
    requireText(Label.BASE_NAME, token);
    baseNameIsOfDevice =
        isBaseName(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), device);
    baseName = baseNameIsOfDevice ? "" : parser.getText();
  }

  /** Whether the characters are the device's base name; allocates nothing. */
  private static boolean isBaseName(char[] characters, int offset, int length, DeviceId device) {
    String site = device.site();
    String name = device.device();
    int nameOffset = offset + site.length() + 1;
    return length == site.length() + name.length() + 2
        && characters[nameOffset - 1] == '/'
        && characters[offset + length - 1] == '/'
        && isAt(characters, offset, site)
        && isAt(characters, nameOffset, name);
  }

  private static boolean isAt(char[] characters, int offset, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (characters[offset + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void baseUnit(Label label, JsonToken token) throws IOException, PackRejectedException {
    baseUnit = unit(label, token);
    if (!seen.contains(Label.UNIT)) {
      unit = baseUnit;
    }
  }

  private String unit(Label label, JsonToken token) throws IOException, PackRejectedException {
    String text = text(label, token);
    if (!Reading.isUnit(text)) {
      throw inRecord(
          Reason.NOT_SENML, "has a unit that is not made of at most 64 printable characters");
    }
    return text;
  }

  private double value(Label label, JsonToken token) throws IOException, PackRejectedException {
    if (!token.isNumeric()) {
      throw inRecord(Reason.NO_NUMERIC_VALUE, "has a '" + label.json() + "' that is no number");
    }
    return finite(label);
  }

  private double booleanValue(JsonToken token) throws PackRejectedException {
    if (!token.isBoolean()) {
      throw inRecord(Reason.NO_NUMERIC_VALUE, "has a 'vb' that is no boolean");
    }
    return token == JsonToken.VALUE_TRUE ? 1 : 0;
  }

  private void version(JsonToken token) throws IOException, PackRejectedException {
    double version = number(Label.BASE_VERSION, token);
    boolean known = version >= 1 && version <= VERSION_OF_RFC_8428 && version == Math.rint(version);
    if (!known && version != VERSION_WITH_SECONDARY_UNITS) {
      throw inRecord(Reason.NOT_SENML, "has the version " + version + ": known are 1 to 10 and 26");
    }
  }

  private void epoch(JsonToken token) throws IOException, PackRejectedException {
    if (token == JsonToken.VALUE_STRING) {
      epoch = cachedText();
      if (DeviceId.isName(epoch)) {
        return;
      }
    }
    throw inRecord(
        Reason.BAD_IDENTITY, "has an 'epoch' that is no text [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }

  private void seq(JsonToken token) throws IOException, PackRejectedException {
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      seq = parser.getLongValue();
      if (seq >= 1) {
        return;
      }
    }
    throw inRecord(Reason.BAD_IDENTITY, "has a 'seq' that is no integer from 1 to 2^63-1");
  }

  private double number(Label label, JsonToken token) throws IOException, PackRejectedException {
    if (!token.isNumeric()) {
      throw inRecord(Reason.NOT_SENML, "has a '" + label.json() + "' that is no number");
    }
    return finite(label);
  }

  private double finite(Label label) throws IOException, PackRejectedException {
    double number = encoding.number(parser, payload);
    if (!Double.isFinite(number)) {
      throw inRecord(
          Reason.NOT_FINITE, "has a '" + label.json() + "' that is not finite or beyond a double");
    }
    return number;
  }

  private String text(Label label, JsonToken token) throws IOException, PackRejectedException {
    requireText(label, token);
    return cachedText();
  }

  private String cachedText() throws IOException {
    return texts.get(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  private void requireText(Label label, JsonToken token) throws PackRejectedException {
    if (token != JsonToken.VALUE_STRING) {
      throw inRecord(Reason.NOT_SENML, "has a '" + label.json() + "' that is no text");
    }
  }

  private void ignore(String label, JsonToken first) throws IOException, PackRejectedException {
    if (label.endsWith("_")) {
      throw inRecord(
          Reason.NOT_SENML,
          "has the field '"
              + ForeignText.printable(label)
              + "', which must be understood and is not (RFC 8428, section 4.4)");
    }
    int depth = 0;
    for (JsonToken token = first; ; token = parser.nextToken()) {
      if (token == null) {
        throw inRecord(Reason.NOT_SENML, "is cut off");
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
        throw inRecord(Reason.NOT_FINITE, "has a number that is not finite");
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (depth == 0) {
        return;
      }
    }
  }

  private PackRejectedException inRecord(Reason reason, String what) {
    return rejected(reason, "record " + recordNumber + " " + what);
  }

  private PackRejectedException rejected(Reason reason, String why) {
    return new PackRejectedException(reason, "Cannot decode pack of '" + device + "': " + why);
  }
}
