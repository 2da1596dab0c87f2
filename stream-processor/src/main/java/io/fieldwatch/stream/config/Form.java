package io.fieldwatch.stream.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** The form that a key's value has in the file, with its bounds. */
interface Form<T> {
  /** What is expected, for people: {@code a duration from 50ms to 1m}. */
  String expected();

  /** The value, or nothing after complaining at the place. */
  Optional<T> read(Node node, Place place);

  /** The keys of the maps that a value is made of, where it is made of maps. */
  default Optional<Group<?>> keysInside() {
    return Optional.empty();
  }
}
