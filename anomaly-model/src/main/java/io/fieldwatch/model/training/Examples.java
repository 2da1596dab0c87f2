package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes examples from one series: faults from a copy with faults in it, the rest from itself. */
final class Examples {
  private final Plan plan;
  private final Model model;
  private final Period period;

  Examples(Plan plan, Model model, Period period) {
    this.plan = plan;
    this.model = model;
    this.period = period;
  }

  /** Faults and normal stretches of the period, each represented as {@code model} sees it. */
  List<Bag> of(Series series) {
    List<WindowSummary> windows = Windows.of(series, plan.windowMillis());
    List<Bag> bags = new ArrayList<>();
    if (windows.isEmpty()) {
      return bags;
    }
    long from = oldEnough(windows, plan.windowMillis());
    addNormal(series, windows, from, bags);
    addFaults(windows, plan.injector().inject(series, from), bags);
    return bags;
  }

  /** The start of the first window that examples may be taken from. */
  static long oldEnough(List<WindowSummary> windows, long windowMillis) {
    int young = Math.min(Plan.YOUNG_WINDOWS, windows.size() / 4);
    return Windows.startOf(windows.get(young).startMillis(), windowMillis);
  }

  private void addNormal(Series series, List<WindowSummary> windows, long from, List<Bag> bags) {
    long bagMillis = Plan.BAG_WINDOWS * plan.windowMillis();
    Strongest strongest = new Strongest(series.name(), 0, bags);
    Passage.through(
        windows,
        model,
        window -> {
          if (window.startMillis() >= from && period.contains(window.startMillis())) {
            strongest.offer((window.startMillis() - from) / bagMillis, window);
          }
        });
    strongest.finish();
  }

  private void addFaults(List<WindowSummary> normal, FaultySeries faulty, List<Bag> bags) {
    Strongest strongest = new Strongest(faulty.series().name(), 1, bags);
    Passage.throughFaults(
        normal,
        Windows.of(faulty.series(), plan.windowMillis()),
        faulty.faults(),
        model,
        (fault, window) -> {
          if (period.contains(faulty.faults().get(fault).startMillis())) {
            strongest.offer(fault, window);
          }
        });
    strongest.finish();
  }

  /** Keeps the most anomalous window of each group of windows that follow one another. */
  private static final class Strongest {
    private final String series;
    private final double label;
    private final List<Bag> bags;
    private long group = -1;
    private @Nullable ScoredWindow best;

    Strongest(String series, double label, List<Bag> bags) {
      this.series = series;
      this.label = label;
      this.bags = bags;
    }

    void offer(long windowGroup, ScoredWindow window) {
      if (windowGroup != group) {
        finish();
        group = windowGroup;
      }
      if (best == null || window.probability() > best.probability()) {
        best = window;
      }
    }

    void finish() {
      if (best != null) {
        bags.add(new Bag(series, best.startMillis(), label, best.probability(), best.features()));
        best = null;
      }
    }
  }
}
