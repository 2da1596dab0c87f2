package io.fieldwatch.stream.config;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The forms that values have, each with its bounds. */
final class Forms {
  private Forms() {}

  static Form<String> text() {
    return new Scalar<>("a text", Optional::of);
  }

  /**
   * A text of a certain form.
   *
   * @param expected the form in words
   */
  static Form<String> text(String expected, Pattern form) {
    return new Scalar<>(expected, text -> Optional.of(text).filter(t -> form.matcher(t).matches()));
  }

  /** A file that can be read on this machine. */
  static Form<Path> readableFile() {
    return new Scalar<>(
        "the absolute path of a file that can be read",
        text ->
            Optional.of(text)
                .filter(path -> path.startsWith("/"))
                .map(Path::of)
                .filter(Files::isReadable));
  }

  static Form<Integer> wholeNumber(int least, int most) {
    return new Scalar<>(
        "a whole number from %d to %d".formatted(least, most),
        text -> number(text).filter(n -> n >= least && n <= most).map(Long::intValue));
  }

  static Form<Duration> duration(Duration least, Duration most) {
    return new Scalar<>(
        "a duration from %s to %s".formatted(Durations.show(least), Durations.show(most)),
        text ->
            Durations.parse(text).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
  }

  /**
   * What a constructor takes that refuses nonsense itself.
   *
   * @param parser throws IllegalArgumentException, whose message is for people
   */
  static <T> Form<T> checked(String expected, Function<String, T> parser) {
    return new Checked<>(expected, parser);
  }

  /** One of an enum's constants, in small letters. */
  static <E extends Enum<E>> Form<E> oneOf(Class<E> choices) {
    List<E> all = List.of(choices.getEnumConstants());
    String words = all.stream().map(Forms::word).collect(joining(", "));
    return new Scalar<>(
        "one of " + words,
        text -> all.stream().filter(choice -> word(choice).equals(text)).findFirst());
  }

  /** An address; one that carries a password is refused unseen. */
  static Form<URI> address(String... schemes) {
    return new Address(Set.of(schemes), "an address that begins with " + schemesOf(schemes));
  }

  /** A list of values of one form; a lone value is a list of one. */
  static <T> Form<List<T>> listOf(Form<T> entry, int least) {
    return new ListOf<>(entry, least);
  }

  /** A form whose values are made into others. */
  static <T, R> Form<R> made(Form<T> form, Function<T, R> maker) {
    return new Made<>(form, maker);
  }

  /** A short form, or a map for those who want to say more. */
  static <T> Form<T> shortOrMap(Form<T> shortForm, Group<T> map) {
    return new ShortOrMap<>(shortForm, map);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Long> number(String text) {
    return text.matches("-?\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static String schemesOf(String... schemes) {
    return Arrays.stream(schemes).map(scheme -> scheme + "://").collect(joining(" or "));
  }

  private record Scalar<T>(String expected, Function<String, Optional<T>> parser)
      implements Form<T> {
    @Override
    public Optional<T> read(Node node, Place place) {
      Optional<T> value = Yaml.text(node).flatMap(parser);
      if (value.isEmpty()) {
        place.complain("%s is not %s".formatted(Yaml.describe(node), expected));
      }
      return value;
    }
  }

  private record Checked<T>(String expected, Function<String, T> parser) implements Form<T> {
    @Override
    public Optional<T> read(Node node, Place place) {
      Optional<String> text = Yaml.text(node);
      if (text.isEmpty()) {
        place.complain("%s is not %s".formatted(Yaml.describe(node), expected));
        return Optional.empty();
      }
      try {
        return Optional.of(parser.apply(text.get()));
      } catch (IllegalArgumentException e) {
        place.complain(String.valueOf(e.getMessage()));
        return Optional.empty();
      }
    }
  }

  private record Made<T, R>(Form<T> form, Function<T, R> maker) implements Form<R> {
    @Override
    public String expected() {
      return form.expected();
    }

    @Override
    public Optional<R> read(Node node, Place place) {
      return form.read(node, place).map(maker);
    }
  }

  /** Never repeats what stands there while that may be a password. */
  private record Address(Set<String> schemes, String expected) implements Form<URI> {
    @Override
    public Optional<URI> read(Node node, Place place) {
      String text = Yaml.text(node).orElse("");
      if (text.contains("@")) {
        place.complain("holds a user or a password; an address is all that may stand here");
        return Optional.empty();
      }
      try {
        URI address = new URI(text);
        String scheme = address.getScheme();
        if (scheme != null && schemes.contains(scheme) && address.getAuthority() != null) {
          return Optional.of(address);
        }
      } catch (URISyntaxException e) {
        // Complained about below, as any other text that is no address.
      }
      place.complain("%s is not %s".formatted(Yaml.describe(node), expected));
      return Optional.empty();
    }
  }

  private record ListOf<T>(Form<T> entry, int least) implements Form<List<T>> {
    @Override
    public String expected() {
      return "a list of %s%s"
          .formatted(least == 0 ? "" : "at least %d: ".formatted(least), entry.expected());
    }

    @Override
    public Optional<List<T>> read(Node node, Place place) {
      List<Node> nodes = Yaml.elements(node);
      if (nodes.size() < least) {
        place.complain("%s is not %s".formatted(Yaml.describe(node), expected()));
        return Optional.empty();
      }
      List<T> values = new ArrayList<>(nodes.size());
      for (int i = 0; i < nodes.size(); i++) {
        entry.read(nodes.get(i), place.entry(i, nodes.get(i))).ifPresent(values::add);
      }
      return values.size() == nodes.size() ? Optional.of(values) : Optional.empty();
    }

    @Override
    public Optional<Group<?>> keysInside() {
      return entry.keysInside();
    }
  }

  private record ShortOrMap<T>(Form<T> shortForm, Group<T> map) implements Form<T> {
    @Override
    public String expected() {
      return shortForm.expected() + ", or " + map.expected();
    }

    @Override
    public Optional<T> read(Node node, Place place) {
      return node instanceof MappingNode ? map.read(node, place) : shortForm.read(node, place);
    }

    @Override
    public Optional<Group<?>> keysInside() {
      return Optional.of(map);
    }
  }
}
