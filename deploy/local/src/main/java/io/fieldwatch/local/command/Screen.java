package io.fieldwatch.local.command;

import java.io.PrintStream;
import java.util.List;

/**
 * Writes lines for people. On a terminal the last block can be replaced in place; elsewhere every
 * block stays. Safe for several threads.
 */
final class Screen {
  private final PrintStream out;
  private final boolean terminal;
  private int redrawable;

  private Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Standard output; the script that starts the JVM says whether it is a terminal. */
  static Screen standard() {
    String term = System.getenv().getOrDefault("TERM", "dumb");
    return new Screen(
        System.out, Boolean.getBoolean("fieldwatch.terminal") && !term.equals("dumb"));
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Lines that stay. */
  synchronized void say(String line) {
    clear();
    out.println(line);
  }

  /** Replaces the lines of the last call; on a terminal only. */
  synchronized void redraw(List<String> lines) {
    clear();
    lines.forEach(out::println);
    redrawable = lines.size();
    out.flush();
  }

  private void clear() {
    if (redrawable > 0 && terminal) {
      // Up by as many lines, then clear to the end of the screen (ECMA-48).
      out.printf("\u001b[%dA\u001b[J", redrawable);
    }
    redrawable = 0;
  }
}
