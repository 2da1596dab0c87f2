package io.fieldwatch.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.ForeignText;
import io.fieldwatch.reading.ValueKind;
import io.fieldwatch.senml.PackBuffer;
import io.fieldwatch.senml.PackRejectedException;
import io.fieldwatch.senml.SenmlTime;
import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the objects of one message, token by token. */
final class JsonReader {
  private static final String NO_UNIT = "";

  private final JsonParser parser;
  private final Format.Json format;
  private final DeviceId device;
  private final long ingestMillis;
  private final int maxReadings;
  private final PackBuffer into;

  /** The joined names of the current object's readings and of its time. */
  private final Set<String> names = new HashSet<>();

  private int objectNumber;
  private long objectMillis;

  JsonReader(
      JsonParser parser,
      Format.Json format,
      DeviceId device,
      long ingestMillis,
      int maxReadings,
      PackBuffer into) {
    this.parser = parser;
    this.format = format;
    this.device = device;
    this.ingestMillis = ingestMillis;
    this.maxReadings = maxReadings;
    this.into = into;
  }

  /** Reads the whole message. What it throws leaves the buffer half filled. */
  void read() throws IOException, PackRejectedException {
    into.begin(device);
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        readObject();
      }
    } else {
      readObject();
    }
    if (into.size() == 0) {
      throw rejected(Reason.NO_NUMERIC_VALUE, "no member is a number or a boolean");
    }
    if (parser.nextToken() != null) {
      throw rejected(Reason.NOT_JSON, "there is more behind its end");
    }
  }

  private void readObject() throws IOException, PackRejectedException {
    objectNumber++;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw inObject(Reason.NOT_JSON, "is no JSON object");
    }
    names.clear();
    objectMillis = ingestMillis;
    int first = into.size();
    readMembers("");
    into.setTimesFrom(first, objectMillis);
  }

  /** Calls itself no deeper than the parser lets objects nest. */
  private void readMembers(String prefix) throws IOException, PackRejectedException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      // Anything but a member's name or the end makes the parser throw, the end of input too.
      String name = prefix + parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(format.timeMember())) {
        readTime(name, value);
      } else if (value == JsonToken.START_OBJECT) {
        readMembers(name + format.separator());
      } else if (value.isNumeric()) {
        add(name, number(name), ValueKind.NUMBER);
      } else if (value.isBoolean()) {
        add(name, value == JsonToken.VALUE_TRUE ? 1 : 0, ValueKind.BOOLEAN);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void add(String name, double value, ValueKind kind) throws PackRejectedException {
    if (!DeviceId.isName(name)) {
      throw inObject(
          Reason.BAD_SENSOR_NAME,
          "has the sensor name '"
              + ForeignText.printable(name)
              + "': expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
    if (into.size() == maxReadings) {
      throw rejected(Reason.TOO_MANY_READINGS, "it has more than " + maxReadings + " readings");
    }
    requireFirst(name);
    into.add(name, NO_UNIT, ingestMillis, value, kind);
  }

  private void readTime(String name, JsonToken value) throws IOException, PackRejectedException {
    requireFirst(name);
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    long millis = value.isNumeric() ? JsonTime.ofNumber(number(name)) : textTime(value);
    if (!SenmlTime.isAbsolute(millis)) {
      throw inObject(
          Reason.NOT_FINITE,
          "has the time "
              + millis
              + " ms: expected 1978-07-04T21:24:16Z or later, before year 10000");
    }
    objectMillis = millis;
  }

  private long textTime(JsonToken value) throws IOException, PackRejectedException {
    OptionalLong millis =
        value == JsonToken.VALUE_STRING ? JsonTime.ofText(parser.getText()) : OptionalLong.empty();
    if (millis.isEmpty()) {
      throw inObject(
          Reason.BAD_TIME,
          "has a '"
              + ForeignText.printable(format.timeMember())
              + "' that is neither ISO 8601 with offset nor a number of s or ms since 1970");
    }
    return millis.getAsLong();
  }

  private double number(String name) throws IOException, PackRejectedException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw inObject(
          Reason.NOT_FINITE,
          "has a '" + ForeignText.printable(name) + "' that is not finite or beyond a double");
    }
    return number;
  }

  /** Which of two would count? Parsers differ, so neither does. */
  private void requireFirst(String name) throws PackRejectedException {
    if (!names.add(name)) {
      throw inObject(Reason.NOT_JSON, "has '" + ForeignText.printable(name) + "' twice");
    }
  }

  private PackRejectedException inObject(Reason reason, String what) {
    return rejected(reason, "object " + objectNumber + " " + what);
  }

  private PackRejectedException rejected(Reason reason, String why) {
    return new PackRejectedException(reason, "Cannot decode message of '" + device + "': " + why);
  }
}
