package io.fieldwatch.local.command;

import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.evidence.Auditor;
import io.fieldwatch.local.evidence.Drain;
import io.fieldwatch.local.live.Flow;
import io.fieldwatch.local.live.FlowMeter;
import io.fieldwatch.local.live.FlowTable;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.local.stack.StackPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts a pipeline and shows what flows through it until it is stopped or its time is over. */
final class LivePipeline {
  private static final Duration DRAIN_BOUND = Duration.ofSeconds(20);
  private static final Duration AUDIT_BOUND = Duration.ofSeconds(60);
  private static final int LINE_EVERY = 5;

  private final Screen screen = Screen.standard();
  private final StackPlan plan;
  private final Function<Stack, List<String>> welcome;
  private final @Nullable Duration runFor;

  /**
   * @param welcome what a user needs to know once all runs
   * @param runFor null to go on until a stop is asked
   */
  LivePipeline(StackPlan plan, Function<Stack, List<String>> welcome, @Nullable Duration runFor) {
    this.plan = plan;
    this.welcome = welcome;
    this.runFor = runFor;
  }

  /**
   * Blocks until the end.
   *
   * @return the exit code: 0 unless an audit at the end found a gap
   */
  int run() throws IOException, InterruptedException {
    OrderlyEnd end = OrderlyEnd.ofThisThread();
    try {
      return run(end);
    } finally {
      end.done();
    }
  }

  private int run(OrderlyEnd end) throws IOException, InterruptedException {
    StartProgress progress = new StartProgress(screen);
    screen.say("Starting in " + plan.folder());
    long began = System.nanoTime();
    try (Stack stack = plan.listener(progress).start()) {
      screen.say("All ready after %d s".formatted((System.nanoTime() - began) / 1_000_000_000));
      welcome.apply(stack).forEach(screen::say);
      try {
        watch(stack.endpoints(), progress);
        return finish(stack);
      } catch (InterruptedException stopAsked) {
        end.requireRequested(stopAsked);
        screen.say("Stopping: agents first, the rest when all is stored");
        stack.stopAgents();
        Drain.await(stack.endpoints(), DRAIN_BOUND);
        return 0;
      }
    }
  }

  /** Returns when the time is over; throws where a component was given up or a stop was asked. */
  private void watch(Endpoints endpoints, StartProgress progress)
      throws IOException, InterruptedException {
    long endAt = runFor == null ? Long.MAX_VALUE : System.nanoTime() + runFor.toNanos();
    try (FlowMeter meter = new FlowMeter(endpoints, InstantSource.system())) {
      for (int second = 0; runFor == null || System.nanoTime() < endAt; second++) {
        if (progress.failure().isDone()) {
          throw new IOException(progress.failure().join());
        }
        show(meter, second);
        Thread.sleep(1_000);
      }
    }
  }

  private void show(FlowMeter meter, int second) throws InterruptedException {
    try {
      Flow flow = meter.measure();
      if (screen.isTerminal()) {
        screen.redraw(FlowTable.lines(flow));
      } else if (second % LINE_EVERY == 0) {
        screen.say(FlowTable.line(flow));
      }
    } catch (IOException | RuntimeException e) {
      // A server that is being restarted does not answer; the watch goes on.
      screen.say("No figures at this moment: " + e.getMessage());
    }
  }

  private int finish(Stack stack) throws IOException, InterruptedException {
    screen.say("Time is over: stopping the agents, then the audit");
    stack.stopAgents();
    Finding finding = Auditor.audit(stack.endpoints(), AUDIT_BOUND);
    AuditTable.lines(finding).forEach(screen::say);
    return finding.proven() && finding.quiet() ? 0 : 1;
  }
}
