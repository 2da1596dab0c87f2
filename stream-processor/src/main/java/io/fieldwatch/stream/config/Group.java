package io.fieldwatch.stream.config;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** A map whose keys are all declared, and the value it makes. */
final class Group<T> implements Form<T> {
  private final List<Key<?>> keys;
  private final List<Rule> rules;
  private final Function<Values, T> maker;

  /**
   * What must hold between keys.
   *
   * @param needs the keys it looks at; it is asked only when all of them have values
   * @param check complains at the place of the group, or below it
   */
  record Rule(List<Key<?>> needs, BiConsumer<Values, Place> check) {}

  private Group(List<Key<?>> keys, List<Rule> rules, Function<Values, T> maker) {
    this.keys = List.copyOf(keys);
    this.rules = List.copyOf(rules);
    this.maker = maker;
  }

  static <T> Group<T> of(List<Key<?>> keys, Function<Values, T> maker) {
    return new Group<>(keys, List.of(), maker);
  }

  /** This group, where a rule must hold as well. */
  Group<T> holding(List<Key<?>> needs, BiConsumer<Values, Place> check) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(new Rule(List.copyOf(needs), check));
    return new Group<>(keys, more, maker);
  }

  List<Key<?>> keys() {
    return keys;
  }

  @Override
  public String expected() {
    return keys.stream().map(Key::name).collect(joining(", ", "a map with ", ""));
  }

  @Override
  public Optional<Group<?>> keysInside() {
    return Optional.of(this);
  }

  @Override
  public Optional<T> read(Node node, Place place) {
    if (!(node instanceof MappingNode) && !Yaml.isEmpty(node)) {
      place.complain("%s is not %s".formatted(Yaml.describe(node), expected()));
      return Optional.empty();
    }
    int complaintsBefore = place.complaints();
    Map<String, Node> written = written(node, place);
    Values values = new Values();
    keys.forEach(key -> read(key, written.get(key.name()), values, place));
    for (Rule rule : rules) {
      if (values.haveAll(rule.needs())) {
        rule.check().accept(values, place);
      }
    }
    return place.complaints() == complaintsBefore ? make(values, place) : Optional.empty();
  }

  /** The nodes by key, as far as the keys are known and stand there once. */
  private Map<String, Node> written(Node node, Place place) {
    Map<String, Node> written = new HashMap<>();
    for (NodeTuple entry : Yaml.entries(node)) {
      String name = Yaml.keyOf(entry);
      Place at = place.at(name, entry.getKeyNode());
      if (keys.stream().noneMatch(key -> key.name().equals(name))) {
        at.complain("is unknown" + hint(name));
      } else if (written.putIfAbsent(name, entry.getValueNode()) != null) {
        at.complain("stands here a second time");
      }
    }
    return written;
  }

  private String hint(String name) {
    return NearMiss.of(name, keys.stream().map(Key::name).toList())
        .map(near -> "; did you mean " + near + "?")
        .orElseGet(() -> "; known are " + keys.stream().map(Key::name).collect(joining(", ")));
  }

  private static <V> void read(Key<V> key, @Nullable Node written, Values values, Place place) {
    Place at = place.at(key.name());
    Optional<Node> node = key.inEffect(written);
    if (node.isPresent()) {
      key.form().read(node.get(), at).ifPresent(value -> values.put(key, value));
    } else if (key.absence() == Key.Absence.REFUSED) {
      at.complain(
          "is missing; expected %s, such as %s".formatted(key.form().expected(), key.text()));
    }
  }

  /** What the values themselves refuse, beyond the declared rules, is a problem of the file too. */
  private Optional<T> make(Values values, Place place) {
    try {
      return Optional.of(maker.apply(values));
    } catch (IllegalArgumentException e) {
      place.complain(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
