package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Recording;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes examples from one device: faults from copies of its series with faults in them, what people
 * have said was wrong, and the rest from the series themselves.
 */
final class Examples {
  private final Plan plan;
  private final Model model;
  private final Period period;
  private final Optional<Model> running;

  /**
   * @param model by which an example's window is chosen
   * @param period that examples are taken from
   * @param running a model whose flags are not learnt as normal
   */
  Examples(Plan plan, Model model, Period period, Optional<Model> running) {
    this.plan = plan;
    this.model = model;
    this.period = period;
    this.running = running;
  }

  /** Faults and normal stretches of the period, each represented as {@code model} sees it. */
  List<Bag> of(Recording recording) {
    List<Bag> bags = new ArrayList<>();
    Strongest[] labelled = new Strongest[recording.anomalies().size()];
    for (int i = 0; i < labelled.length; i++) {
      labelled[i] = new Strongest(recording.device(), 1, bags);
    }
    for (Series series : recording.series()) {
      List<WindowSummary> windows = Windows.of(series, plan.windowMillis());
      if (!windows.isEmpty()) {
        long from = oldEnough(windows, plan.windowMillis());
        addNormal(series, windows, from, recording.anomalies(), labelled, bags);
        addFaults(windows, plan.injector().inject(series, from), recording.anomalies(), bags);
      }
    }
    for (Strongest anomaly : labelled) {
      anomaly.finish();
    }
    return bags;
  }

  /** The start of the first window that examples may be taken from. */
  static long oldEnough(List<WindowSummary> windows, long windowMillis) {
    int young = Math.min(Plan.YOUNG_WINDOWS, windows.size() / 4);
    return Windows.startOf(windows.get(young).startMillis(), windowMillis);
  }

  /** An anomaly of a device is one example: it need not show in every sensor. */
  private void addNormal(
      Series series,
      List<WindowSummary> windows,
      long from,
      List<Period> anomalies,
      Strongest[] labelled,
      List<Bag> bags) {
    long bagMillis = Plan.BAG_WINDOWS * plan.windowMillis();
    Strongest strongest = new Strongest(series.name(), 0, bags);
    Passage.through(
        windows,
        model,
        window -> {
          if (window.startMillis() < from || !period.contains(window.startMillis())) {
            return;
          }
          Period extent = new Period(window.startMillis(), end(window.startMillis()));
          int anomaly = meeting(anomalies, extent);
          if (anomaly >= 0) {
            labelled[anomaly].offer(0, window);
          } else if (mayBeNormal(anomalies, window.startMillis(), plan.windowMillis())
              && !isFlagged(window)) {
            strongest.offer((window.startMillis() - from) / bagMillis, window);
          }
        });
    strongest.finish();
  }

  private long end(long startMillis) {
    return startMillis + plan.windowMillis();
  }

  /** Whether a window meets no anomaly, and follows none so closely that it still shows it. */
  static boolean mayBeNormal(List<Period> anomalies, long startMillis, long windowMillis) {
    long from = startMillis - Plan.GRACE_WINDOWS * windowMillis;
    return meeting(anomalies, new Period(from, startMillis + windowMillis)) < 0;
  }

  /** The first of the periods that meets this one, or -1. */
  private static int meeting(List<Period> periods, Period one) {
    for (int i = 0; i < periods.size(); i++) {
      if (periods.get(i).meets(one)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isFlagged(ScoredWindow window) {
    return running
        .filter(judge -> judge.probability(window.features()) >= judge.threshold())
        .isPresent();
  }

  private void addFaults(
      List<WindowSummary> normal, FaultySeries faulty, List<Period> anomalies, List<Bag> bags) {
    List<Fault> faults = faulty.faults();
    Strongest strongest = new Strongest(faulty.series().name(), 1, bags);
    Passage.throughFaults(
        normal,
        Windows.of(faulty.series(), plan.windowMillis()),
        faults,
        model,
        (fault, window) -> {
          Period extent =
              new Period(faults.get(fault).startMillis(), faults.get(fault).endMillis());
          if (period.contains(extent.fromMillis()) && meeting(anomalies, extent) < 0) {
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
