package io.fieldwatch.reading;

import static java.util.Objects.requireNonNull;

/**
 * One value of one sensor at one time.
 *
 * @param sensor the sensor's name within its device, {@link DeviceId#isName(CharSequence) a name}
 * @param timeMillis milliseconds since the Unix epoch, by the device's clock
 * @param value finite
 * @param unit a SenML unit such as {@code Cel} or {@code %RH} (RFC 8428, section 12.1), or empty
 *     when the sensor has none
 */
public record Reading(String sensor, long timeMillis, double value, String unit) {
  public Reading {
    requireNonNull(sensor, "sensor is null");
    requireNonNull(unit, "unit is null");
    if (!DeviceId.isName(sensor)) {
      throw new IllegalArgumentException(
          "Invalid sensor name: expected [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Invalid value %s of sensor '%s': not a finite number".formatted(value, sensor));
    }
  }
}
