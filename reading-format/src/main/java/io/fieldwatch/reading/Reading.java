package io.fieldwatch.reading;

import static java.util.Objects.requireNonNull;

/**
 * One value of one sensor at one time.
 *
 * @param sensor the sensor's name within its device, {@link DeviceId#isName(CharSequence) a name}
 * @param timeMillis milliseconds since the Unix epoch, by the device's clock
 * @param value finite
 * @param unit a SenML unit such as {@code Cel} or {@code %RH} (RFC 8428, section 12.1), or empty
 *     when the sensor has none; {@link #isUnit(String) at most 64 printable characters}
 * @param kind what the value says; the value of a boolean is 0 or 1
 */
public record Reading(String sensor, long timeMillis, double value, String unit, ValueKind kind) {
  private static final int MAX_UNIT_LENGTH = 64;

  /** The reading of a gauge. */
  public Reading(String sensor, long timeMillis, double value, String unit) {
    this(sensor, timeMillis, value, unit, ValueKind.NUMBER);
  }

  public Reading {
    requireNonNull(sensor, "sensor is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(kind, "kind is null");
    if (!DeviceId.isName(sensor)) {
      throw new IllegalArgumentException(
          "Invalid sensor name: expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Invalid value %s of sensor '%s': not a finite number".formatted(value, sensor));
    }
    if (kind == ValueKind.BOOLEAN && value != 0 && value != 1) {
      throw new IllegalArgumentException(
          "Invalid value %s of sensor '%s': a boolean is 0 or 1".formatted(value, sensor));
    }
    if (!isUnit(unit)) {
      throw new IllegalArgumentException(
          "Invalid unit '%s' of sensor '%s': expected at most 64 printable characters"
              .formatted(ForeignText.printable(unit), sensor));
    }
  }

  /** Whether a text can be a unit: at most 64 characters, no control characters, sound Unicode. */
  public static boolean isUnit(String text) {
    int length = text.length();
    if (length > MAX_UNIT_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (i + 1 == length || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
