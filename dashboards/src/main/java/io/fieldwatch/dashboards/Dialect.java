package io.fieldwatch.dashboards;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The three ways in which Grafana versions have put a variable without an explicit format into an
 * InfluxQL query. They disagree about escaping and about parentheses around several values, which
 * is why the shipped queries always name the format: {@code /^(${var:regex})$/} means the same in
 * all three.
 */
enum Dialect {
  /** Up to 10.1: the format {@code regex}. */
  UNTIL_10_1 {
    @Override
    String plain(VariableValue value) {
      return joined(value, Dialect::escapeForInflux, "(", ")");
    }
  },
  /** 10.2.0 escapes twice (grafana#77465). */
  IN_10_2 {
    @Override
    String plain(VariableValue value) {
      return joined(value, text -> escapeForInflux(escapeForInflux(text)), "(", ")");
    }
  },
  /** From 10.3: escapes only variables that can have several values, and adds no parentheses. */
  SINCE_10_3 {
    @Override
    String plain(VariableValue value) {
      return value.canBeSeveral()
          ? joined(value, Dialect::escapeForInflux, "", "")
          : joined(value, UnaryOperator.identity(), "", "");
    }
  };

  private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.*+?()\\[\\]{}|]");
  private static final Pattern SPECIAL_AND_SLASH = Pattern.compile("[\\\\^$.*+?()\\[\\]{}|/]");

  /** What {@code $var} or {@code ${var}} becomes. */
  abstract String plain(VariableValue value);

  /** What <code>${var:format}</code> becomes; the same in all versions. */
  static String formatted(VariableValue value, String format) {
    if (!format.equals("regex")) {
      throw new IllegalArgumentException(
          "Cannot interpolate a variable with the format '" + format + "': expected 'regex'");
    }
    return joined(value, text -> SPECIAL.matcher(text).replaceAll("\\\\$0"), "(", ")");
  }

  private static String escapeForInflux(String text) {
    return SPECIAL_AND_SLASH.matcher(text).replaceAll("\\\\$0");
  }

  private static String joined(
      VariableValue value, UnaryOperator<String> escape, String before, String after) {
    if (value.isAll()) {
      // A custom "All" value is used as it stands.
      return value.allText();
    }
    List<String> texts = value.texts();
    if (texts.size() == 1) {
      return escape.apply(texts.get(0));
    }
    return texts.stream().map(escape).collect(Collectors.joining("|", before, after));
  }
}
