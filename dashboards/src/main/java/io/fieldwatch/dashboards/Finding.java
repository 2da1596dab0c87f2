package io.fieldwatch.dashboards;

/**
 * A rule that a dashboard breaks.
 *
 * @param file the dashboard's file name
 * @param place the panel, variable or annotation by its title, or "dashboard"
 * @param rule the rule's name
 * @param message what is wrong and what was expected
 */
public record Finding(String file, String place, String rule, String message) {

  @Override
  public String toString() {
    return file + ", " + place + ": " + message + " [" + rule + "]";
  }
}
