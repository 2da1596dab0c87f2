package io.fieldwatch.stream.config;

import java.util.List;
import java.util.stream.Stream;

/** The reference page, made from the declared keys. */
final class ReferencePage {
  private static final String BEGIN =
      """
      # The stream job's configuration

      One YAML file, given as `--config FILE`; on a cluster `FILE` is an address, `hdfs://HOST:PORT/PATH`. Unknown and repeated keys are refused;
      every problem of the file is named at once, with its key, its line and what is expected. `--config FILE --check` starts nothing: it prints the configuration as it takes effect, defaults
      included, or all that is wrong with it.

      Durations are a number and a unit: `500ms`, `10s`, `5m`, `1h`, `2d`. The file holds no secrets: a key whose name ends in `File` names
      a file that does.

      This page is generated from the declarations in `StreamKeys`. After a change there:
      `mvn -Dquick -pl stream-processor -am test -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true`

      ## A file with every key

      Keys behind `#` may be left out; they show their default, or an example.

      """;

  private ReferencePage() {}

  static String text() {
    StringBuilder page = new StringBuilder(BEGIN);
    page.append("```yaml\n").append(sample()).append("```\n\n## Keys\n\n");
    page.append("| key | value | default | what it does |\n| --- | --- | --- | --- |\n");
    rows("", StreamKeys.FILE).forEach(row -> page.append(row).append('\n'));
    return page.toString();
  }

  /** A file in which every key stands, those that may be absent behind a comment sign. */
  static String sample() {
    StringBuilder yaml = new StringBuilder();
    append("", StreamKeys.FILE, yaml);
    return yaml.toString();
  }

  private static void append(String indent, Group<?> group, StringBuilder yaml) {
    for (Key<?> key : group.keys()) {
      if (key.absence() == Key.Absence.SECTION) {
        Group<?> section = key.form().keysInside().orElseThrow();
        yaml.append(isNeeded(section) ? "" : "# ").append(indent).append(key.name()).append(":\n");
        append(indent + "  ", section, yaml);
      } else {
        yaml.append(isNeeded(key) ? "" : "# ")
            .append(indent)
            .append("%s: %s%n".formatted(key.name(), key.text()));
      }
    }
  }

  private static boolean isNeeded(Group<?> group) {
    return group.keys().stream().anyMatch(ReferencePage::isNeeded);
  }

  private static boolean isNeeded(Key<?> key) {
    return key.absence() == Key.Absence.REFUSED;
  }

  private static List<String> rows(String path, Group<?> group) {
    return group.keys().stream().flatMap(key -> rows(path, key)).toList();
  }

  private static Stream<String> rows(String path, Key<?> key) {
    String name = path + key.name();
    if (key.absence() == Key.Absence.SECTION) {
      return Stream.concat(
          Stream.of("| **%s** | | | %s |".formatted(name, key.sentence())),
          rows(name + ".", key.form().keysInside().orElseThrow()).stream());
    }
    Stream<String> own =
        Stream.of(
            "| `%s` | %s | %s | %s |"
                .formatted(name, key.form().expected(), byDefault(key), key.sentence()));
    return key.form()
        .keysInside()
        .map(inside -> Stream.concat(own, rows(name + "[].", inside).stream()))
        .orElse(own);
  }

  private static String byDefault(Key<?> key) {
    return switch (key.absence()) {
      case REFUSED -> "required";
      case ALLOWED -> "none";
      case DEFAULT -> "`" + key.text() + "`";
      case SECTION -> "";
    };
  }
}
