package io.fieldwatch.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.fieldwatch.json.JsonWriter;
import io.fieldwatch.reading.ForeignText;
import io.fieldwatch.status.DeviceStatus.Counts;
import io.fieldwatch.status.DeviceStatus.Sensor;
import io.fieldwatch.status.DeviceStatus.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Device status as JSON, one object. Pure functions; any thread. */
public final class DeviceStatusJson {
  private static final int NANO_DECIMALS = 9;
  private static final BigDecimal MAX_INTERVAL_SECONDS = new BigDecimal("1e9");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private DeviceStatusJson() {}

  /** The status as JSON in UTF-8. */
  public static byte[] write(DeviceStatus status) {
    JsonWriter out = new JsonWriter(512);
    out.raw("{\"state\":").string(stateName(status.state()));
    out.raw(",\"reason\":").string(status.reason());
    out.raw(",\"epoch\":").string(status.epoch());
    out.raw(",\"agent\":").string(status.agentVersion());
    out.raw(",\"time\":").number(status.timeMillis());
    status.counts().ifPresent(counts -> write(counts, out));
    out.raw(",\"sensors\":[");
    String separator = "";
    for (Sensor sensor : status.sensors()) {
      out.raw(separator).raw("{\"name\":").string(sensor.name());
      out.raw(",\"unit\":").string(sensor.unit());
      out.raw(",\"intervalSeconds\":").decimal(sensor.interval().toNanos(), NANO_DECIMALS);
      out.raw("}");
      separator = ",";
    }
    return out.raw("]}").toBytes();
  }

  /**
   * Reads a status. Fields that are not known are ignored.
   *
   * @throws IllegalArgumentException if it is no status: a sentence says why
   */
  public static DeviceStatus read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      expect(JsonToken.START_OBJECT, parser.nextToken(), "status");
      DeviceStatus status = readStatus(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("there is more behind its end");
      }
      return status;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot read device status: " + ForeignText.printable(e.getOriginalMessage()), e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("Cannot read device status: " + e.getMessage(), e);
    }
  }

  private static void write(Counts counts, JsonWriter out) {
    out.raw(",\"counts\":{\"producedReadings\":").number(counts.producedReadings());
    out.raw(",\"producedPacks\":").number(counts.producedPacks());
    out.raw(",\"acknowledgedPacks\":").number(counts.acknowledgedPacks());
    out.raw(",\"acknowledgedReadings\":").number(counts.acknowledgedReadings());
    out.raw(",\"droppedReadings\":").number(counts.droppedReadings());
    out.raw(",\"spoolPacks\":").number(counts.spoolPacks());
    out.raw(",\"spoolReadings\":").number(counts.spoolReadings());
    out.raw("}");
  }

  private static DeviceStatus readStatus(JsonParser parser) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Optional<Long> time = Optional.empty();
    Optional<Counts> counts = Optional.empty();
    Optional<List<Sensor>> sensors = Optional.empty();
    for (String label = parser.nextFieldName(); label != null; label = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      switch (label) {
        case "state", "reason", "epoch", "agent" -> texts.put(label, text(parser, token, label));
        case "time" -> time = Optional.of(integer(parser, token, label));
        case "counts" -> counts = Optional.of(readCounts(parser, token));
        case "sensors" -> sensors = Optional.of(readSensors(parser, token));
        default -> parser.skipChildren();
      }
    }
    return new DeviceStatus(
        state(required(texts, "state")),
        required(texts, "reason"),
        required(texts, "epoch"),
        required(texts, "agent"),
        time.orElseThrow(() -> missing("time")),
        counts,
        sensors.orElseThrow(() -> missing("sensors")));
  }

  private static Counts readCounts(JsonParser parser, JsonToken first) throws IOException {
    expect(JsonToken.START_OBJECT, first, "counts");
    Map<String, Long> counts = new HashMap<>();
    for (String label = parser.nextFieldName(); label != null; label = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NUMBER_INT) {
        counts.put(label, integer(parser, token, label));
      } else {
        parser.skipChildren();
      }
    }
    return new Counts(
        required(counts, "producedReadings"),
        required(counts, "producedPacks"),
        required(counts, "acknowledgedPacks"),
        required(counts, "acknowledgedReadings"),
        required(counts, "droppedReadings"),
        required(counts, "spoolPacks"),
        required(counts, "spoolReadings"));
  }

  private static List<Sensor> readSensors(JsonParser parser, JsonToken first) throws IOException {
    expect(JsonToken.START_ARRAY, first, "sensors");
    List<Sensor> sensors = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      expect(JsonToken.START_OBJECT, token, "a sensor");
      sensors.add(readSensor(parser));
    }
    return sensors;
  }

  private static Sensor readSensor(JsonParser parser) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Optional<Duration> interval = Optional.empty();
    for (String label = parser.nextFieldName(); label != null; label = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      switch (label) {
        case "name", "unit" -> texts.put(label, text(parser, token, label));
        case "intervalSeconds" -> interval = Optional.of(interval(parser, token));
        default -> parser.skipChildren();
      }
    }
    return new Sensor(
        required(texts, "name"),
        required(texts, "unit"),
        interval.orElseThrow(() -> missing("intervalSeconds")));
  }

  private static String stateName(State state) {
    return switch (state) {
      case ONLINE -> "online";
      case OFFLINE -> "offline";
    };
  }

  private static State state(String name) {
    for (State state : State.values()) {
      if (stateName(state).equals(name)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "'state' is '" + ForeignText.printable(name) + "': expected online or offline");
  }

  private static String text(JsonParser parser, JsonToken token, String label) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("'" + label + "' is no text");
    }
    return parser.getText();
  }

  private static long integer(JsonParser parser, JsonToken token, String label) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException("'" + label + "' is no integer");
    }
    return parser.getLongValue();
  }

  private static Duration interval(JsonParser parser, JsonToken token) throws IOException {
    if (token.isNumeric()) {
      BigDecimal seconds = parser.getDecimalValue();
      if (seconds.signum() >= 0 && seconds.compareTo(MAX_INTERVAL_SECONDS) <= 0) {
        return Duration.ofNanos(Math.round(seconds.doubleValue() * 1e9));
      }
    }
    throw new IllegalArgumentException("'intervalSeconds' is no number from 0 to 10^9");
  }

  private static <T> T required(Map<String, T> fields, String label) {
    T value = fields.get(label);
    if (value == null) {
      throw missing(label);
    }
    return value;
  }

  private static IllegalArgumentException missing(String label) {
    return new IllegalArgumentException("'" + label + "' is missing");
  }

  private static void expect(JsonToken expected, JsonToken token, String what) {
    if (token != expected) {
      throw new IllegalArgumentException(
          what + " is no " + (expected == JsonToken.START_OBJECT ? "object" : "array"));
    }
  }
}
