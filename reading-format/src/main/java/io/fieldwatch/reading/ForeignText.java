package io.fieldwatch.reading;

/** Text from outside that is about to stand in one of our sentences. */
public final class ForeignText {
  private static final int MAX_LENGTH = 80;

  private ForeignText() {}

  /** The text made fit for a message: control characters replaced, cut at 80 characters. */
  public static String printable(String text) {
    return printable(text, MAX_LENGTH);
  }

  /** The text made fit for a message: control characters replaced, cut at so many characters. */
  public static String printable(String text, int maxLength) {
    String cut = text.length() > maxLength ? text.substring(0, maxLength) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
