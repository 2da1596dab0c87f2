package io.fieldwatch.agent.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file. Each getter declares a key; {@link #end()} refuses the others. A getter
 * that finds a problem notes it and gives a stand-in, so that all problems are found in one go.
 */
final class Section {
  private final String path;
  private final Map<?, ?> values;
  private final List<String> problems;
  private final TreeSet<String> known = new TreeSet<>();

  private Section(String path, Map<?, ?> values, List<String> problems) {
    this.path = path;
    this.values = values;
    this.problems = problems;
  }

  static Section root(@Nullable Object document, List<String> problems) {
    return of("", document, problems);
  }

  private static Section of(String path, @Nullable Object value, List<String> problems) {
    if (value instanceof Map<?, ?> map) {
      return new Section(path, map, problems);
    }
    if (value != null) {
      problems.add(
          (path.isEmpty() ? "The file" : "'" + path + "'")
              + " must be a mapping of keys to values");
    }
    return new Section(path, Map.of(), problems);
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  void problem(String key, String sentence) {
    problems.add("'" + path(key) + "' " + sentence);
  }

  boolean has(String key) {
    known.add(key);
    return values.get(key) != null;
  }

  Section section(String key) {
    known.add(key);
    return of(path(key), values.get(key), problems);
  }

  List<Section> sections(String key) {
    known.add(key);
    Object value = values.get(key);
    List<Section> sections = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        sections.add(of(path(key) + "[" + sections.size() + "]", element, problems));
      }
    } else if (value != null) {
      problem(key, "must be a list");
    }
    return sections;
  }

  List<String> texts(String key, List<String> absent) {
    known.add(key);
    Object value = values.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    problem(key, "must be a list");
    return absent;
  }

  /** A text that must be there. */
  String text(String key, String meaning) {
    return optionalText(key)
        .orElseGet(
            () -> {
              problem(key, "is missing: " + meaning);
              return "";
            });
  }

  Optional<String> optionalText(String key) {
    known.add(key);
    Object value = values.get(key);
    if (value instanceof Map || value instanceof List) {
      problem(key, "must be a single value");
      return Optional.empty();
    }
    return Optional.ofNullable(value).map(String::valueOf);
  }

  /** A value with a default, read from text. */
  <T> T value(String key, T absent, Function<String, Optional<T>> parse, String expected) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return absent;
    }
    Optional<T> parsed = parse.apply(text.get());
    if (parsed.isEmpty()) {
      problem(key, "is '" + text.get() + "', expected " + expected);
    }
    return parsed.orElse(absent);
  }

  Duration duration(String key, Duration absent, Duration least) {
    return value(
        key,
        absent,
        text -> Quantities.duration(text).filter(d -> d.compareTo(least) >= 0),
        "a duration such as 500ms, 1s, 5m or 1h, " + least.toMillis() + "ms or more");
  }

  long size(String key, long absent) {
    return value(key, absent, Quantities::size, "a size such as 64KiB, 10MiB or 1GiB");
  }

  long integer(String key, long absent, long least, long greatest) {
    return value(
        key,
        absent,
        text -> parseLong(text).filter(n -> n >= least && n <= greatest),
        "a whole number from " + least + " to " + greatest);
  }

  double positive(String key, double absent) {
    return value(
        key,
        absent,
        text -> parseDouble(text).filter(n -> n > 0 && Double.isFinite(n)),
        "a number above 0");
  }

  private static Optional<Long> parseLong(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> parseDouble(String text) {
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Refuses keys that no getter asked for. */
  void end() {
    for (Object key : values.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        problems.add(
            "Unknown key '%s': known here are %s"
                .formatted(path(String.valueOf(key)), String.join(", ", known)));
      }
    }
  }
}
