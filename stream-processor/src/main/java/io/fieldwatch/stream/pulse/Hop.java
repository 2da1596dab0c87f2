package io.fieldwatch.stream.pulse;

/** A stretch of a reading's way. The codes stand in InfluxDB and are never renamed. */
public enum Hop {
  /** From the reading's own time to the connector's taking it from the broker. */
  INGEST("ingest"),
  /** From there to the beginning of the batch that reads it. */
  QUEUE("queue"),
  /** From there to the last answer of InfluxDB to that batch. */
  STORE("store");

  private final String code;

  Hop(String code) {
    this.code = code;
  }

  /** The name in tags and on pages. */
  public String code() {
    return code;
  }
}
