package io.fieldwatch.dashboards;

import java.util.List;

/**
 * What a person has chosen for a variable.
 *
 * @param texts the values, in their order; empty for "All"
 * @param allText what "All" stands for in a query; empty if it was not chosen
 * @param canBeSeveral whether the variable allows more than one value
 */
record VariableValue(List<String> texts, String allText, boolean canBeSeveral) {

  VariableValue {
    texts = List.copyOf(texts);
    if (texts.isEmpty() == allText.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot choose " + texts + " and All '" + allText + "': exactly one must be given");
    }
  }

  static VariableValue single(String text) {
    return new VariableValue(List.of(text), "", false);
  }

  static VariableValue several(List<String> texts) {
    return new VariableValue(texts, "", true);
  }

  static VariableValue all(String allText) {
    return new VariableValue(List.of(), allText, true);
  }

  boolean isAll() {
    return texts.isEmpty();
  }
}
