package io.fieldwatch.decode;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/** How devices write their messages. Gzip around any of them is recognised, not configured. */
public sealed interface Format extends Serializable {
  /** SenML packs (RFC 8428), JSON or CBOR. */
  record Senml() implements Format {}

  /**
   * Plain JSON objects, or arrays of them: every member that is a number or a boolean is a reading.
   *
   * @param timeMember the member that holds the time of its object's readings, named as a reading
   *     would be; empty if none does. Objects without it are of the time they came.
   * @param separator stands between the names of nested members: {@code .}, {@code _} or {@code -}
   */
  record Json(String timeMember, char separator) implements Format {
    /** Time in {@code time}, nested names joined with a point. */
    public static final Json DEFAULT = new Json("time", '.');

    public Json {
      requireNonNull(timeMember, "timeMember is null");
      if ("._-".indexOf(separator) < 0) {
        throw new IllegalArgumentException(
            "Invalid separator '" + separator + "': expected '.', '_' or '-'");
      }
    }
  }
}
