package io.fieldwatch.stream.influx;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.fieldwatch.stream.wire.Decimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Points in InfluxDB's line protocol, times in milliseconds. Not thread safe.
 *
 * <p>Tag values are names that were checked at the border and need no escape. A number that is not
 * finite is left out, since InfluxDB knows none; a point that is left without a field is left out.
 */
public final class Lines {
  private final StringBuilder text = new StringBuilder();
  private final List<Integer> ends = new ArrayList<>();

  /** Begins a point; ended by {@link Point#at}. */
  public Point point(String measurement) {
    return new Point(measurement);
  }

  /** How many points there are. */
  public int size() {
    return ends.size();
  }

  public boolean isEmpty() {
    return ends.isEmpty();
  }

  /** Some of the points as the server reads them, a line each. */
  public String slice(int from, int to) {
    return text.substring(from == 0 ? 0 : ends.get(from - 1), ends.get(to - 1));
  }

  /** A point being written. Tags come before fields, in the order of their names. */
  public final class Point {
    private final int start = text.length();
    private boolean hasField;

    private Point(String measurement) {
      text.append(measurement);
    }

    public Point tag(String name, String value) {
      text.append(',').append(name).append('=').append(value);
      return this;
    }

    public Point field(String name, double value) {
      if (Double.isFinite(value) && !Decimal.append(value, name(name))) {
        text.append(NumberOutput.toString(value, true));
      }
      return this;
    }

    public Point field(String name, long value) {
      name(name).append(value).append('i');
      return this;
    }

    public Point flag(String name, boolean value) {
      name(name).append(value);
      return this;
    }

    public Point field(String name, String value) {
      name(name).append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          text.append('\\');
        }
        text.append(Character.isISOControl(c) ? ' ' : c);
      }
      text.append('"');
      return this;
    }

    /** Ends the point. */
    public void at(long timeMillis) {
      if (!hasField) {
        text.setLength(start);
        return;
      }
      text.append(' ').append(timeMillis).append('\n');
      ends.add(text.length());
    }

    private StringBuilder name(String name) {
      text.append(hasField ? ',' : ' ').append(name).append('=');
      hasField = true;
      return text;
    }
  }
}
