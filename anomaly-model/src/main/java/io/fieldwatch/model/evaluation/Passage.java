package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Period;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/**
 * Takes windows through the same causal pass as the stream job does: each is scored against what
 * was before it, and learnt then.
 *
 * @param <W> what a window is
 * @param <S> what is remembered between windows, immutable
 */
public final class Passage<W, S> {
  /** Of the windows of one series. */
  public static final Passage<WindowSummary, SeriesState> OF_A_SERIES =
      new Passage<>(
          SeriesState.initial(),
          WindowSummary::startMillis,
          (state, window) -> {
            SeriesState.Step step = state.next(window);
            return new Step<>(step.features(), step.state());
          });

  /** Of all sensors of a device together. */
  public static final Passage<JointWindow, JointState> OF_A_DEVICE =
      new Passage<>(
          JointState.initial(),
          JointWindow::startMillis,
          (state, window) -> {
            JointState.Step step = state.next(window);
            return new Step<>(step.features(), step.state());
          });

  private final S initial;
  private final ToLongFunction<W> startMillis;
  private final BiFunction<S, W, Step<S>> next;

  private Passage(S initial, ToLongFunction<W> startMillis, BiFunction<S, W, Step<S>> next) {
    this.initial = initial;
    this.startMillis = startMillis;
    this.next = next;
  }

  @SuppressWarnings("ArrayRecordComponent") // a carrier, handed over once and never compared
  private record Step<S>(double[] features, S state) {}

  /** Takes windows. */
  @FunctionalInterface
  public interface Sink {
    /** Takes a window that starts then, and its features. */
    void accept(long startMillis, double[] features);
  }

  /** Takes the windows of faults. */
  @FunctionalInterface
  public interface FaultSink {
    /** Takes a window of the fault with the index, that starts then, and its features. */
    void accept(int fault, long startMillis, double[] features);
  }

  /** Hands over every window, in order. */
  public void through(List<W> windows, Sink sink) {
    S state = initial;
    for (W window : windows) {
      Step<S> step = next.apply(state, window);
      sink.accept(startMillis.applyAsLong(window), step.features());
      state = step.state();
    }
  }

  /**
   * Hands over the windows of every fault as they are seen when that fault is the first: each
   * begins from what the normal windows had left just before.
   *
   * @param normal the windows without faults
   * @param faulty those with all of them
   * @param periods for each fault the time in which its windows start, ascending, not overlapping
   */
  public void throughFaults(List<W> normal, List<W> faulty, List<Period> periods, FaultSink sink) {
    S before = initial;
    int next = 0;
    int nextFaulty = 0;
    for (int fault = 0; fault < periods.size(); fault++) {
      Period period = periods.get(fault);
      for (; starts(normal, next, period.fromMillis()); next++) {
        before = this.next.apply(before, normal.get(next)).state();
      }
      while (starts(faulty, nextFaulty, period.fromMillis())) {
        nextFaulty++;
      }
      S state = before;
      for (; starts(faulty, nextFaulty, period.toMillis()); nextFaulty++) {
        W window = faulty.get(nextFaulty);
        Step<S> step = this.next.apply(state, window);
        sink.accept(fault, startMillis.applyAsLong(window), step.features());
        state = step.state();
      }
    }
  }

  /** Whether there is such a window and it starts before the instant. */
  private boolean starts(List<W> windows, int index, long beforeMillis) {
    return index < windows.size() && startMillis.applyAsLong(windows.get(index)) < beforeMillis;
  }
}
