package io.fieldwatch.model.command;

import java.io.PrintStream;
import java.util.function.IntConsumer;

/** A bar on a terminal that grows as things are done; nothing elsewhere. */
final class Progress implements IntConsumer {
  private static final int WIDTH = 30;

  private final String what;
  private final int all;
  private final PrintStream terminal;

  private Progress(String what, int all, PrintStream terminal) {
    this.what = what;
    this.all = all;
    this.terminal = terminal;
  }

  /** On the standard error, if the launcher says that people look at it. */
  static Progress of(String what, int all) {
    return new Progress(what, all, System.err);
  }

  @Override
  public void accept(int done) {
    if (Boolean.getBoolean("fieldwatch.terminal") && all > 0) {
      int filled = WIDTH * done / all;
      terminal.printf(
          "\r%s [%s%s] %d of %d%s",
          what,
          "#".repeat(filled),
          " ".repeat(WIDTH - filled),
          done,
          all,
          done == all ? System.lineSeparator() : "");
    }
  }
}
