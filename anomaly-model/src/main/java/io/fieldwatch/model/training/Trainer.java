package io.fieldwatch.model.training;

import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Recording;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Learns a model from recordings of normal operation. Series are passed through the same code as in
 * the stream job, again in every round, so no table of features is ever held: memory is that of the
 * readings. The driver sees one row an example.
 */
final class Trainer {
  static final int ROUNDS = 3;

  /**
   * Data that nobody has looked at hold real faults; so many of the normal stretches are left out.
   */
  private static final double DOUBTED_SHARE = 0.01;

  /** Of faults, and of normal stretches. */
  static final int LEAST_EXAMPLES = 10;

  private final SparkSession spark;
  private final JavaRDD<Recording> recordings;
  private final Plan plan;
  private final Split split;
  private final Optional<Model> running;

  Trainer(SparkSession spark, JavaRDD<Recording> recordings, Plan plan, Split split) {
    this(spark, recordings, plan, split, Optional.empty());
  }

  /**
   * @param running the model in use: what it flags in the recordings is not learnt as normal
   */
  Trainer(
      SparkSession spark,
      JavaRDD<Recording> recordings,
      Plan plan,
      Split split,
      Optional<Model> running) {
    this.spark = spark;
    this.recordings = recordings;
    this.plan = plan;
    this.split = split;
    this.running = running;
  }

  /** The outcome of the last round: Spark's model, ours, and the examples it was fitted to. */
  record Fit(PipelineModel pipeline, Model model, List<Bag> examples) {}

  /**
   * What a model may weigh: how many statistics are unusual and how much, rather than which, and
   * the novelty of the plainest. Few, because those that were tried besides made models worse on
   * data of another origin.
   */
  static List<String> features() {
    return List.of(
        "level.novelty",
        "level-4.novelty",
        "season.novelty",
        "strongest.novelty.1",
        "strongest.novelty.2",
        "strongest.novelty.3",
        "foremost.record.1",
        "foremost.record.2",
        "all.novelty");
  }

  /** A formula that needs no training, to choose the first examples by. */
  static Model formula() {
    return new Model(
        "formula-2",
        0.5,
        -4.5,
        4,
        List.of(
            new Weight("strongest.novelty.2", 0, 1, 1),
            new Weight("strongest.surprise.2", 0, 1, 1),
            new Weight("strongest.tail.2", 0, 1, 1)));
  }

  /**
   * Fits in rounds: each takes from every example the window that the model before found most
   * anomalous.
   */
  Fit fit() {
    return fit(round -> {});
  }

  /**
   * As {@link #fit()}.
   *
   * @param begun told of each round, from 1, when it begins
   */
  Fit fit(IntConsumer begun) {
    Regression regression = new Regression(spark, features());
    Model model = formula();
    for (int round = 1; ; round++) {
      begun.accept(round);
      List<Bag> examples = trusted(examples(Split.Part.TRAIN, model));
      requireBothLabels(examples);
      PipelineModel fitted = regression.fit(examples);
      model = regression.model("round-" + round, fitted);
      if (round == ROUNDS) {
        return new Fit(fitted, model, examples);
      }
    }
  }

  private static void requireBothLabels(List<Bag> examples) {
    long faults = examples.stream().filter(b -> b.label() > 0).count();
    if (faults < LEAST_EXAMPLES || examples.size() - faults < LEAST_EXAMPLES) {
      throw new IllegalArgumentException(
          "Cannot train: %d faults and %d normal stretches, at least %d of each are needed; give more or longer recordings"
              .formatted(faults, examples.size() - faults, LEAST_EXAMPLES));
    }
  }

  /** A part's examples in an order that does not depend on who finished first. */
  List<Bag> examples(Split.Part part, Model model) {
    Task task = new Task(plan, split, model, running);
    List<Bag> bags =
        new ArrayList<>(recordings.flatMap(r -> task.examples(part, r).iterator()).collect());
    bags.sort(
        Comparator.comparing(Bag::series)
            .thenComparingDouble(Bag::label)
            .thenComparingLong(Bag::startMillis));
    return bags;
  }

  private static List<Bag> trusted(List<Bag> bags) {
    double[] normal =
        bags.stream().filter(b -> b.label() == 0).mapToDouble(Bag::probability).sorted().toArray();
    if (normal.length == 0) {
      return bags;
    }
    double limit = normal[(int) Math.floor((normal.length - 1) * (1 - DOUBTED_SHARE))];
    return bags.stream().filter(b -> b.label() > 0 || b.probability() <= limit).toList();
  }

  /** The probabilities of a part's normal windows, by series. */
  List<Track> tracks(Split.Part part, Model model) {
    Task task = new Task(plan, split, model, running);
    List<Track> tracks =
        new ArrayList<>(recordings.flatMap(r -> task.tracks(part, r).iterator()).collect());
    tracks.sort(Comparator.comparing(Track::device).thenComparing(Track::sensor));
    return tracks;
  }

  /** Which of the faults put into a part are found at the model's threshold. */
  List<Outcome> outcomes(Split.Part part, Model model) {
    Task task = new Task(plan, split, model, running);
    List<Outcome> outcomes =
        new ArrayList<>(recordings.flatMap(r -> task.outcomes(part, r).iterator()).collect());
    outcomes.sort(
        Comparator.comparing((Outcome o) -> o.fault().kind())
            .thenComparingDouble(o -> o.fault().magnitude())
            .thenComparingLong(o -> o.fault().startMillis())
            .thenComparingInt(Outcome::delayWindows));
    return outcomes;
  }

  /** What is done on executors, one recording at a time. */
  private static final class Task implements Serializable {
    private static final long serialVersionUID = 1;

    private final Plan plan;
    private final Split split;
    private final Model model;

    /** Optional is not serializable. */
    private final @Nullable Model running;

    Task(Plan plan, Split split, Model model, Optional<Model> running) {
      this.plan = plan;
      this.split = split;
      this.model = model;
      this.running = running.orElse(null);
    }

    List<Bag> examples(Split.Part part, Recording recording) {
      Period period = split.period(part, recording);
      return period.equals(Period.NEVER)
          ? List.of()
          : new Examples(plan, model, period, Optional.ofNullable(running)).of(recording);
    }

    List<Track> tracks(Split.Part part, Recording recording) {
      Period period = split.period(part, recording);
      List<Track> tracks = new ArrayList<>();
      if (!period.equals(Period.NEVER)) {
        for (Series series : recording.series()) {
          tracks.add(track(series, period, recording.anomalies()));
        }
      }
      return tracks;
    }

    private Track track(Series series, Period period, List<Period> anomalies) {
      List<WindowSummary> windows = Windows.of(series, plan.windowMillis());
      LongStream.Builder starts = LongStream.builder();
      DoubleStream.Builder probabilities = DoubleStream.builder();
      Passage.through(
          windows,
          model,
          window -> {
            if (period.contains(window.startMillis())
                && Examples.mayBeNormal(anomalies, window.startMillis(), plan.windowMillis())) {
              starts.add(window.startMillis());
              probabilities.add(window.probability());
            }
          });
      return new Track(
          series.device(),
          series.sensor(),
          plan.windowMillis(),
          starts.build().toArray(),
          probabilities.build().toArray());
    }

    List<Outcome> outcomes(Split.Part part, Recording recording) {
      Period period = split.period(part, recording);
      List<Outcome> outcomes = new ArrayList<>();
      if (!period.equals(Period.NEVER)) {
        recording.series().forEach(series -> addOutcomes(series, period, outcomes));
      }
      return outcomes;
    }

    private void addOutcomes(Series series, Period period, List<Outcome> outcomes) {
      List<WindowSummary> normal = Windows.of(series, plan.windowMillis());
      if (normal.isEmpty()) {
        return;
      }
      FaultySeries faulty =
          plan.injector().inject(series, Examples.oldEnough(normal, plan.windowMillis()));
      List<Fault> faults = faulty.faults();
      int[] delays = new int[faults.size()];
      Arrays.fill(delays, -1);
      Passage.throughFaults(
          normal,
          Windows.of(faulty.series(), plan.windowMillis()),
          faults,
          model,
          (fault, window) -> {
            if (delays[fault] < 0 && window.probability() >= model.threshold()) {
              long begun = Windows.startOf(faults.get(fault).startMillis(), plan.windowMillis());
              delays[fault] = (int) ((window.startMillis() - begun) / plan.windowMillis());
            }
          });
      for (int i = 0; i < delays.length; i++) {
        if (period.contains(faults.get(i).startMillis())) {
          outcomes.add(new Outcome(faults.get(i), delays[i]));
        }
      }
    }
  }
}
