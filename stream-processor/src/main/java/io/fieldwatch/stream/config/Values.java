package io.fieldwatch.stream.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a group's keys. */
final class Values {
  private final Map<Key<?>, Object> byKey = new HashMap<>();

  <T> void put(Key<T> key, T value) {
    byKey.put(key, value);
  }

  @SuppressWarnings("unchecked") // only put fills the map
  <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) byKey.get(key));
  }

  /** The value of a key that is required or has a default. */
  <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(
            () -> new IllegalStateException("Cannot give '" + key.name() + "': it has no value"));
  }

  boolean haveAll(List<Key<?>> keys) {
    return byKey.keySet().containsAll(keys);
  }
}
