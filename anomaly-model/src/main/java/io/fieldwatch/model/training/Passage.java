package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Windows;
import io.fieldwatch.model.scorer.Model;
import java.util.List;
import java.util.function.Consumer;

/** Takes a series through the same causal pass as the stream job does. */
final class Passage {
  private Passage() {}

  /** Takes the windows of a fault. */
  interface FaultSink {
    /** Takes a window of the fault with the index. */
    void accept(int fault, ScoredWindow window);
  }

  /** Hands over every window, in order, as it is scored. */
  static void through(List<WindowSummary> windows, Model model, Consumer<ScoredWindow> sink) {
    SeriesState state = SeriesState.initial();
    for (WindowSummary window : windows) {
      state = step(state, window, model, sink);
    }
  }

  /**
   * Hands over the windows of every fault, and {@link Plan#GRACE_WINDOWS} after it, as they are
   * scored when that fault is the first: each begins from what the normal series was just before.
   *
   * @param normal the windows of the series without faults
   * @param faulty the windows of its copy
   * @param faults by time, not overlapping
   */
  static void throughFaults(
      List<WindowSummary> normal,
      List<WindowSummary> faulty,
      List<Fault> faults,
      Model model,
      FaultSink sink) {
    SeriesState before = SeriesState.initial();
    int nextNormal = 0;
    int nextFaulty = 0;
    for (int i = 0; i < faults.size(); i++) {
      long windowMillis = normal.get(0).lengthMillis();
      long begin = Windows.startOf(faults.get(i).startMillis(), windowMillis);
      long end = faults.get(i).endMillis() + Plan.GRACE_WINDOWS * windowMillis;
      for (; starts(normal, nextNormal, begin); nextNormal++) {
        before = before.next(normal.get(nextNormal)).state();
      }
      while (starts(faulty, nextFaulty, begin)) {
        nextFaulty++;
      }
      int fault = i;
      SeriesState state = before;
      for (; starts(faulty, nextFaulty, end); nextFaulty++) {
        state = step(state, faulty.get(nextFaulty), model, window -> sink.accept(fault, window));
      }
    }
  }

  /** Whether there is such a window and it starts before the instant. */
  private static boolean starts(List<WindowSummary> windows, int index, long beforeMillis) {
    return index < windows.size() && windows.get(index).startMillis() < beforeMillis;
  }

  private static SeriesState step(
      SeriesState state, WindowSummary window, Model model, Consumer<ScoredWindow> sink) {
    SeriesState.Step step = state.next(window);
    double[] features = step.features();
    sink.accept(new ScoredWindow(window.startMillis(), model.probability(features), features));
    return step.state();
  }
}
