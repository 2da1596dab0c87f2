package io.fieldwatch.stream.device;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A device's sensors in the order in which they were first seen. Not thread safe; a copy shares
 * nothing that either of them changes.
 *
 * <p>The readings of a pack name the same few sensors in the same order again and again, so looking
 * one up begins where the last one was found. Most devices have so few that a map would be larger
 * than what it maps to, and would cost more to copy; one is kept only from {@value #SCANNED} on.
 */
final class SensorTable {
  private static final int SCANNED = 8;

  private SensorState[] states;
  private int size;

  /** Where each name stands; null while there are few. Shared with copies until one is added. */
  private @Nullable Map<String, Integer> places;

  private boolean arePlacesShared;

  SensorTable() {
    this.states = new SensorState[0];
  }

  private SensorTable(SensorTable other) {
    this.states = Arrays.copyOf(other.states, other.size);
    this.size = other.size;
    this.places = other.places;
    this.arePlacesShared = true;
    other.arePlacesShared = true;
  }

  SensorTable copy() {
    return new SensorTable(this);
  }

  /** The same sensors, each in another state. */
  SensorTable mapped(UnaryOperator<SensorState> change) {
    SensorTable mapped = copy();
    Arrays.setAll(mapped.states, i -> change.apply(states[i]));
    return mapped;
  }

  int size() {
    return size;
  }

  SensorState get(int place) {
    return states[place];
  }

  /** Facts that are equal to these, one of the first sensors' own if they have such. */
  SensorFacts shared(SensorFacts facts) {
    for (int i = 0; i < Math.min(size, SCANNED); i++) {
      if (states[i].facts().equals(facts)) {
        return states[i].facts();
      }
    }
    return facts;
  }

  /** Puts another state of the same sensor in its place. */
  void replace(int place, SensorState state) {
    states[place] = state;
  }

  /** Adds a sensor that is not there yet, in the place that {@link #size()} tells before. */
  void add(SensorState state) {
    if (size == states.length) {
      states = Arrays.copyOf(states, Math.max(4, 2 * size));
    }
    states[size] = state;
    size++;
    if (size > SCANNED) {
      ownPlaces().put(state.name(), size - 1);
    }
  }

  /**
   * The place of a sensor, or -1.
   *
   * @param likely the place to look at first
   */
  int find(String name, int likely) {
    if (likely < size && states[likely].name().equals(name)) {
      return likely;
    }
    if (places != null) {
      return places.getOrDefault(name, -1);
    }
    for (int i = 0; i < size; i++) {
      if (states[i].name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Map<String, Integer> ownPlaces() {
    Map<String, Integer> own = places;
    if (own == null) {
      own = new HashMap<>();
      for (int i = 0; i < size; i++) {
        own.put(states[i].name(), i);
      }
    } else if (arePlacesShared) {
      own = new HashMap<>(own);
    }
    places = own;
    arePlacesShared = false;
    return own;
  }
}
