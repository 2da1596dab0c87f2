package io.fieldwatch.senml;

import static java.util.Objects.checkIndex;

import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Pack;
import io.fieldwatch.reading.PackId;
import io.fieldwatch.reading.Reading;
import io.fieldwatch.reading.ValueKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decoded pack in arrays, filled again and again by a {@link PayloadDecoder}. Empty until the
 * first decode and after a rejected one; then {@link #size()} is 0 and there is no device.
 *
 * <p>Not thread-safe. What it returned stays valid after the next decode: nothing hands out the
 * arrays.
 */
public final class PackBuffer {
  private static final int FIRST_CAPACITY = 64;

  private @Nullable DeviceId device;
  private @Nullable String epoch;
  private long seq;
  private int size;
  private String[] sensors = new String[FIRST_CAPACITY];
  private String[] units = new String[FIRST_CAPACITY];
  private long[] timesMillis = new long[FIRST_CAPACITY];
  private double[] values = new double[FIRST_CAPACITY];
  private ValueKind[] kinds = new ValueKind[FIRST_CAPACITY];

  /**
   * Whose pack it is.
   *
   * @throws IllegalStateException if the buffer is empty
   */
  public DeviceId device() {
    if (device == null) {
      throw new IllegalStateException("Cannot tell the device of an empty buffer");
    }
    return device;
  }

  /** Whether the pack carries an identity. */
  public boolean hasId() {
    return epoch != null;
  }

  /**
   * The identity's epoch.
   *
   * @throws IllegalStateException if the pack {@link #hasId() has no identity}
   */
  public String epoch() {
    if (epoch == null) {
      throw new IllegalStateException("Cannot tell the epoch of a pack without identity");
    }
    return epoch;
  }

  /**
   * The identity's number, from 1.
   *
   * @throws IllegalStateException if the pack {@link #hasId() has no identity}
   */
  public long seq() {
    if (epoch == null) {
      throw new IllegalStateException("Cannot tell the seq of a pack without identity");
    }
    return seq;
  }

  /** How many readings there are: at least one, or zero if the buffer is empty. */
  public int size() {
    return size;
  }

  /** The sensor's name within its device. */
  public String sensor(int i) {
    return sensors[checkIndex(i, size)];
  }

  /** The unit, or an empty text when the pack gives none. */
  public String unit(int i) {
    return units[checkIndex(i, size)];
  }

  /** Milliseconds since the Unix epoch, by the device's clock. */
  public long timeMillis(int i) {
    return timesMillis[checkIndex(i, size)];
  }

  /** A finite number. */
  public double value(int i) {
    return values[checkIndex(i, size)];
  }

  /** What the value says. */
  public ValueKind kind(int i) {
    return kinds[checkIndex(i, size)];
  }

  /** A copy of one reading as a value. */
  public Reading reading(int i) {
    return new Reading(sensor(i), timeMillis(i), value(i), unit(i), kind(i));
  }

  /**
   * A copy as a value.
   *
   * @throws IllegalStateException if the buffer is empty
   */
  public Pack toPack() {
    List<Reading> readings = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      readings.add(reading(i));
    }
    Optional<PackId> id = epoch == null ? Optional.empty() : Optional.of(new PackId(epoch, seq));
    return new Pack(device(), id, readings);
  }

  /** For decoders: empties the buffer. */
  public void clear() {
    device = null;
    epoch = null;
    seq = 0;
    size = 0;
  }

  /** For decoders: empties the buffer and says whose the readings to come are. */
  public void begin(DeviceId device) {
    clear();
    this.device = device;
  }

  void identify(String epoch, long seq) {
    this.epoch = epoch;
    this.seq = seq;
  }

  /**
   * For decoders: adds a reading. What it is made of is checked before, not here.
   *
   * @param sensor {@link DeviceId#isName(CharSequence) a name}
   * @param unit {@link Reading#isUnit(String) a unit}
   * @param value finite; 0 or 1 for a boolean
   */
  public void add(String sensor, String unit, long timeMillis, double value, ValueKind kind) {
    if (size == sensors.length) {
      grow();
    }
    sensors[size] = sensor;
    units[size] = unit;
    timesMillis[size] = timeMillis;
    values[size] = value;
    kinds[size] = kind;
    size++;
  }

  /** For decoders: gives the readings from one on to the last their time. */
  public void setTimesFrom(int first, long timeMillis) {
    Arrays.fill(timesMillis, first, size, timeMillis);
  }

  private void grow() {
    int capacity = size * 2;
    sensors = Arrays.copyOf(sensors, capacity);
    units = Arrays.copyOf(units, capacity);
    timesMillis = Arrays.copyOf(timesMillis, capacity);
    values = Arrays.copyOf(values, capacity);
    kinds = Arrays.copyOf(kinds, capacity);
  }
}
