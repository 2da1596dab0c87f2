package io.fieldwatch.quarantine;

/**
 * Why a message, or a part of it, could not be used. The codes are a contract: they stand in Kafka
 * headers, in InfluxDB and on dashboards, and are never renamed.
 */
public enum Reason {
  /** The MQTT topic is not {@code fieldwatch/{site}/{device}/{channel}}. */
  BAD_TOPIC("bad-topic"),
  /** The message is larger than the configured bound. */
  TOO_LARGE("too-large"),
  /** The pack has more readings than the configured bound. */
  TOO_MANY_READINGS("too-many-readings"),
  /** The payload is no SenML pack (RFC 8428). */
  NOT_SENML("not-senml"),
  /** The pack's base name is not that of the device whose topic it came by. */
  FOREIGN_BASE_NAME("foreign-base-name"),
  /** A sensor's name is not allowed. */
  BAD_SENSOR_NAME("bad-sensor-name"),
  /** {@code epoch} or {@code seq} is malformed, or one stands without the other. */
  BAD_IDENTITY("bad-identity"),
  /** A reading has no value, or one that is no number or boolean. */
  NO_NUMERIC_VALUE("no-numeric-value"),
  /** A value or a time is NaN, infinite or out of range. */
  NOT_FINITE("not-finite"),
  /** A reading's time lies further ahead of its ingest time than the tolerance. */
  FUTURE("future"),
  /** A reading's time lies further behind its device's watermark than the revision horizon. */
  LATE("late"),
  /** A device sent more different sensors, or opened more windows, than the configured bound. */
  OVER_LIMIT("over-limit"),
  /** InfluxDB refused the point that was computed. */
  POINT_REFUSED("point-refused"),
  /** No decoder is configured for the MQTT topic of the message. */
  NO_DECODER("no-decoder"),
  /** The payload is no JSON object and no array of them, where such was configured. */
  NOT_JSON("not-json"),
  /** The time of a plain JSON object is in none of the known forms. */
  BAD_TIME("bad-time"),
  /** The payload of a status topic is no device status. */
  BAD_STATUS("bad-status");

  private final String code;

  Reason(String code) {
    this.code = code;
  }

  /** The name in headers, fields and pages. */
  public String code() {
    return code;
  }
}
