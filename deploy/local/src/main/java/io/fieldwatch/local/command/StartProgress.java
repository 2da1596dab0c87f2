package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.StackListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Says what happens to each component, and keeps the first one that was given up. */
final class StartProgress implements StackListener {
  private static final int TAIL_LINES = 12;

  private final Screen screen;
  private final CompletableFuture<String> failure = new CompletableFuture<>();

  StartProgress(Screen screen) {
    this.screen = screen;
  }

  /** Completes with a sentence when a component was given up. */
  CompletableFuture<String> failure() {
    return failure;
  }

  @Override
  public void starting(Component component) {
    say(component, "starting");
  }

  @Override
  public void ready(Component component, Duration took) {
    say(component, "ready after %.1f s".formatted(took.toMillis() / 1_000.0));
  }

  @Override
  public void stopped(Component component) {
    say(component, "stopped");
  }

  @Override
  public void died(Component component) {
    say(component, "died, exit code " + component.exitCode().orElse(-1));
    component.logTail(TAIL_LINES).forEach(line -> screen.say("    | " + line));
  }

  @Override
  public void gaveUp(Component component, String reason) {
    failure.complete(
        "Cannot keep %s running: %s. Its log is %s"
            .formatted(component.name(), reason, component.logFile()));
  }

  private void say(Component component, String what) {
    screen.say("  %-16s %s".formatted(component.name(), what));
  }
}
