package io.fieldwatch.stream.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A key, declared once: the parser, the defaults, the effective configuration and the reference
 * page are all made from this.
 */
final class Key<T> {
  /** What holds where the file does not have the key. */
  enum Absence {
    /** A problem. */
    REFUSED,
    /** Allowed, and there is no value. */
    ALLOWED,
    /** The default holds. */
    DEFAULT,
    /** A section whose own keys say what holds. */
    SECTION
  }

  private final String name;
  private final Form<T> form;
  private final Absence absence;
  private final String text;
  private final String sentence;

  private Key(String name, Form<T> form, Absence absence, String text, String sentence) {
    this.name = name;
    this.form = form;
    this.absence = absence;
    this.text = text;
    this.sentence = sentence;
  }

  /** A key without which nothing works. */
  static <T> Key<T> required(String name, Form<T> form, String example, String sentence) {
    return new Key<>(name, form, Absence.REFUSED, example, sentence);
  }

  /** A key that may be absent; {@link Values#find} gives its value. */
  static <T> Key<T> optional(String name, Form<T> form, String example, String sentence) {
    return new Key<>(name, form, Absence.ALLOWED, example, sentence);
  }

  /**
   * A key with a default.
   *
   * @param byDefault as it would stand in the file
   */
  static <T> Key<T> key(String name, Form<T> form, String byDefault, String sentence) {
    return new Key<>(name, form, Absence.DEFAULT, byDefault, sentence);
  }

  /** A map with keys of its own. */
  static <T> Key<T> section(String name, Group<T> group, String sentence) {
    return new Key<>(name, group, Absence.SECTION, "{}", sentence);
  }

  String name() {
    return name;
  }

  Form<T> form() {
    return form;
  }

  Absence absence() {
    return absence;
  }

  /** As it stands in a file: the default where there is one, else an example. */
  String text() {
    return text;
  }

  /** What it does, with its unit. */
  String sentence() {
    return sentence;
  }

  /** What holds when the file says this; nothing where there is no value. */
  Optional<Node> inEffect(@Nullable Node written) {
    if (written != null) {
      return Optional.of(written);
    }
    return switch (absence) {
      case REFUSED, ALLOWED -> Optional.empty();
      case DEFAULT, SECTION -> Optional.of(Yaml.node(text));
    };
  }
}
