package io.fieldwatch.model.training;

import io.fieldwatch.model.evaluation.Passage;
import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.feature.JointWindow;
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
 * have said was wrong, and the rest from the series themselves. Each is taken twice where there are
 * several sensors: as the series shows it, and as all sensors of the device together do.
 */
final class Examples {
  private final Plan plan;
  private final int drawing;
  private final Model model;
  private final Period period;
  private final Optional<Model> running;

  /**
   * @param drawing which faults are drawn, 0 or more
   * @param model by which an example's window is chosen
   * @param period that examples are taken from
   * @param running a model whose flags are not learnt as normal
   */
  Examples(Plan plan, int drawing, Model model, Period period, Optional<Model> running) {
    this.plan = plan;
    this.drawing = drawing;
    this.model = model;
    this.period = period;
    this.running = running;
  }

  /** Faults and normal stretches of the period, each represented as {@code model} sees it. */
  List<Bag> of(Recording recording) {
    List<Bag> bags = new ArrayList<>();
    DeviceWindows device = DeviceWindows.of(recording, plan.windowMillis());
    Said ofSeries = new Said(recording, bags);
    Said ofDevice = new Said(recording, bags);
    String all = recording.device() + "/" + JointState.ALL_SENSORS;
    for (int i = 0; i < device.series().size(); i++) {
      Series series = device.series().get(i);
      List<WindowSummary> windows = device.windows().get(i);
      long from = oldEnough(windows, plan.windowMillis());
      FaultySeries faulty = plan.injector(drawing).inject(series, from);
      List<Fault> faults = faulty.faults();
      List<WindowSummary> wrong = Windows.of(faulty.series(), plan.windowMillis());
      addNormal(Passage.OF_A_SERIES, series.name(), windows, from, ofSeries, bags);
      addFaults(Passage.OF_A_SERIES, series.name(), windows, wrong, faults, ofSeries, bags);
      List<JointWindow> beside = device.instantsWith(i, wrong);
      List<Fault> share = some(faults, i, device.series().size());
      addFaults(Passage.OF_A_DEVICE, all, device.instants(), beside, share, ofDevice, bags);
    }
    if (!device.instants().isEmpty()) {
      long from = device.instants().get(young(device.instants())).startMillis();
      addNormal(Passage.OF_A_DEVICE, all, device.instants(), from, ofDevice, bags);
    }
    ofSeries.finish();
    ofDevice.finish();
    return bags;
  }

  /**
   * Of the faults of one of so many series its share, so that a device has as many faults to normal
   * stretches as a series has, and probabilities of both mean the same.
   */
  private static List<Fault> some(List<Fault> faults, int place, int series) {
    List<Fault> some = new ArrayList<>();
    for (int i = place; i < faults.size(); i += series) {
      some.add(faults.get(i));
    }
    return some;
  }

  /** The start of the first window that examples may be taken from. */
  static long oldEnough(List<WindowSummary> windows, long windowMillis) {
    return Windows.startOf(windows.get(young(windows)).startMillis(), windowMillis);
  }

  private static int young(List<?> windows) {
    return Math.min(Plan.YOUNG_WINDOWS, windows.size() / 4);
  }

  /** What people have said; an anomaly of a device is one example: it need not show everywhere. */
  private static final class Said {
    private final List<Period> anomalies;
    private final List<Strongest> labelled = new ArrayList<>();

    Said(Recording recording, List<Bag> bags) {
      this.anomalies = recording.anomalies();
      for (int i = 0; i < anomalies.size(); i++) {
        labelled.add(new Strongest(recording.device(), 1, bags));
      }
    }

    void offer(int anomaly, ScoredWindow window) {
      labelled.get(anomaly).offer(0, window);
    }

    void finish() {
      labelled.forEach(Strongest::finish);
    }
  }

  private <W> void addNormal(
      Passage<W, ?> passage, String name, List<W> windows, long from, Said said, List<Bag> bags) {
    long bagMillis = Plan.BAG_WINDOWS * plan.windowMillis();
    Strongest strongest = new Strongest(name, 0, bags);
    passage.through(
        windows,
        (start, features) -> {
          if (start < from || !period.contains(start) || !isComparable(passage, features)) {
            return;
          }
          int anomaly = meeting(said.anomalies, new Period(start, start + plan.windowMillis()));
          if (anomaly >= 0) {
            said.offer(anomaly, scored(start, features));
          } else if (mayBeNormal(said.anomalies, start, plan.windowMillis())
              && !isFlagged(features)) {
            strongest.offer((start - from) / bagMillis, scored(start, features));
          }
        });
    strongest.finish();
  }

  /** Sensors that cannot be compared yet say nothing of their device. */
  private static boolean isComparable(Passage<?, ?> passage, double[] features) {
    return passage == Passage.OF_A_SERIES || FeatureNames.areOfDevice(features);
  }

  private ScoredWindow scored(long startMillis, double[] features) {
    return new ScoredWindow(startMillis, model.probability(features), features);
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

  private boolean isFlagged(double[] features) {
    return running.filter(judge -> judge.probability(features) >= judge.threshold()).isPresent();
  }

  private <W> void addFaults(
      Passage<W, ?> passage,
      String name,
      List<W> normal,
      List<W> wrong,
      List<Fault> faults,
      Said said,
      List<Bag> bags) {
    Strongest strongest = new Strongest(name, 1, bags);
    passage.throughFaults(
        normal,
        wrong,
        plan.periods(faults),
        (fault, start, features) -> {
          Period extent =
              new Period(faults.get(fault).startMillis(), faults.get(fault).endMillis());
          if (period.contains(extent.fromMillis())
              && meeting(said.anomalies, extent) < 0
              && isComparable(passage, features)) {
            strongest.offer(fault, scored(start, features));
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
