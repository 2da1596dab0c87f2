package io.fieldwatch.local.chaos;

import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;

/** Where a fault strikes: a running stack under load. For one thread. */
public final class Scene {
  private static final long POLL_MILLIS = 100;

  private final Stack stack;
  private final Installation installation;
  private final Duration outage;
  private final Random random;
  private final Map<String, Double> figures;
  private final List<Instant> windowChanges;
  private final Consumer<String> progress;
  private final Fresh fresh;

  /** Waits until results are fresh, and says for how many seconds. */
  @FunctionalInterface
  interface Fresh {
    double await() throws IOException, InterruptedException;
  }

  Scene(
      Stack stack,
      Installation installation,
      Duration outage,
      Random random,
      Map<String, Double> figures,
      List<Instant> windowChanges,
      Consumer<String> progress,
      Fresh fresh) {
    this.stack = stack;
    this.installation = installation;
    this.outage = outage;
    this.random = random;
    this.figures = figures;
    this.windowChanges = windowChanges;
    this.progress = progress;
    this.fresh = fresh;
  }

  Stack stack() {
    return stack;
  }

  Installation installation() {
    return installation;
  }

  Random random() {
    return random;
  }

  void say(String line) {
    progress.accept("  " + line);
  }

  void figure(String name, double value) {
    figures.put(name, value);
  }

  /** Changes the job's windows from its next start on, which is to follow at once. */
  void changeWindows(String windows) {
    stack.changeJobSetting("windows", windows);
    windowChanges.add(Instant.now());
  }

  /** Lets the load go on for a while that is different each time. */
  void letRun(Duration shortest, Duration longest) throws InterruptedException {
    long spread = longest.minus(shortest).toMillis();
    Thread.sleep(shortest.toMillis() + (long) (random.nextDouble() * spread));
  }

  /**
   * Waits until results are as fresh as without a fault.
   *
   * @return for how many seconds it waited
   */
  double awaitFresh() throws IOException, InterruptedException {
    return fresh.await();
  }

  /** The time for which something is away. */
  void letOutagePass() throws InterruptedException {
    say("away for " + outage.toSeconds() + " s");
    Thread.sleep(outage.toMillis());
  }

  /**
   * Waits until a component has ended by itself.
   *
   * @return its exit code
   */
  int awaitEnd(Component component, Duration bound) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + bound.toNanos();
    while (component.pid().isPresent()) {
      require(System.nanoTime() < giveUp, component.name() + " did not end within " + bound);
      Thread.sleep(POLL_MILLIS);
    }
    OptionalInt code = component.exitCode();
    return code.orElseThrow(() -> new IOException(component.name() + " was never started"));
  }

  /** Ends the run where the stack did something else than it should. */
  void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException("Cannot go on: " + otherwise);
    }
  }
}
