package io.fieldwatch.model.training;

import io.fieldwatch.model.evaluation.Passage;
import io.fieldwatch.model.fault.Fault;
import io.fieldwatch.model.fault.FaultySeries;
import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Recording;
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
import java.util.stream.Stream;
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

  /** In the last round faults are drawn so often, and the mean of the fits is the model. */
  private static final int DRAWINGS = 4;

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

  /**
   * The outcome of a round.
   *
   * @param pipelines Spark's models of a single series, one a drawing of faults
   * @param joint Spark's models of all sensors of a device together; none where too few devices
   *     have several
   * @param model ours, which is the mean of them
   * @param examples that they were fitted to
   */
  record Fit(
      List<PipelineModel> pipelines, List<PipelineModel> joint, Model model, List<Bag> examples) {}

  /**
   * What a model may weigh of a single series: how many statistics are unusual and how much, rather
   * than which, and the novelty of the plainest. Few, because those that were tried besides made
   * models worse on data of another origin.
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

  /** What a model may weigh of all sensors of a device together. */
  static List<String> jointFeatures() {
    return List.of(
        "joint.surprise.1",
        "joint.surprise.2",
        "joint.tail.2",
        "joint.record.1",
        "joint.record.2",
        "together.record");
  }

  static List<String> allFeatures() {
    return Stream.concat(features().stream(), jointFeatures().stream()).toList();
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
            new Weight("strongest.tail.2", 0, 1, 1),
            new Weight("joint.novelty.1", 0, 1, 1),
            new Weight("joint.surprise.1", 0, 1, 1),
            new Weight("joint.tail.1", 0, 1, 1)));
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
    Model model = formula();
    for (int round = 1; ; round++) {
      begun.accept(round);
      List<List<Bag>> drawings = new ArrayList<>();
      for (int drawing = 0; drawing < (round == ROUNDS ? DRAWINGS : 1); drawing++) {
        drawings.add(examples(Split.Part.TRAIN, model, drawing));
      }
      Fit fit = fit("round-" + round, drawings);
      if (round == ROUNDS) {
        return fit;
      }
      model = fit.model();
    }
  }

  private Fit fit(String version, List<List<Bag>> drawings) {
    Regression regression = new Regression(spark, features());
    List<List<Bag>> ofSeries = drawings.stream().map(bags -> trusted(bags, false)).toList();
    ofSeries.forEach(Trainer::requireBothLabels);
    List<PipelineModel> fitted = regression.fit(ofSeries);
    Model model = regression.model(version, fitted);

    List<List<Bag>> ofDevices = drawings.stream().map(bags -> trusted(bags, true)).toList();
    List<Bag> examples =
        Stream.concat(ofSeries.stream(), ofDevices.stream()).flatMap(List::stream).toList();
    if (!ofDevices.stream().allMatch(Trainer::hasBothLabels)) {
      return new Fit(fitted, List.of(), model, examples);
    }
    Regression together = new Regression(spark, jointFeatures());
    List<PipelineModel> joint = together.fit(ofDevices);
    return new Fit(fitted, joint, model.together(together.model(version, joint)), examples);
  }

  private static void requireBothLabels(List<Bag> examples) {
    if (!hasBothLabels(examples)) {
      long faults = faults(examples);
      throw new IllegalArgumentException(
          "Cannot train: %d faults and %d normal stretches, at least %d of each are needed; give more or longer recordings"
              .formatted(faults, examples.size() - faults, LEAST_EXAMPLES));
    }
  }

  private static boolean hasBothLabels(List<Bag> examples) {
    long faults = faults(examples);
    return faults >= LEAST_EXAMPLES && examples.size() - faults >= LEAST_EXAMPLES;
  }

  private static long faults(List<Bag> examples) {
    return examples.stream().filter(b -> b.label() > 0).count();
  }

  /** A part's examples in an order that does not depend on who finished first. */
  List<Bag> examples(Split.Part part, Model model) {
    return examples(part, model, 0);
  }

  private List<Bag> examples(Split.Part part, Model model, int drawing) {
    Task task = new Task(plan, split, model, running);
    List<Bag> bags =
        new ArrayList<>(
            recordings.flatMap(r -> task.examples(part, drawing, r).iterator()).collect());
    bags.sort(
        Comparator.comparing(Bag::series)
            .thenComparingDouble(Bag::label)
            .thenComparingLong(Bag::startMillis));
    return bags;
  }

  /** Those of devices, or those of series, without the doubtful ones. */
  private static List<Bag> trusted(List<Bag> all, boolean ofDevices) {
    List<Bag> bags = all.stream().filter(b -> b.isOfDevice() == ofDevices).toList();
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

    List<Bag> examples(Split.Part part, int drawing, Recording recording) {
      Period period = split.period(part, recording);
      return period.equals(Period.NEVER)
          ? List.of()
          : new Examples(plan, drawing, model, period, Optional.ofNullable(running)).of(recording);
    }

    List<Track> tracks(Split.Part part, Recording recording) {
      Period period = split.period(part, recording);
      if (period.equals(Period.NEVER)) {
        return List.of();
      }
      DeviceWindows device = DeviceWindows.of(recording, plan.windowMillis());
      List<Track> tracks = new ArrayList<>();
      for (int i = 0; i < device.series().size(); i++) {
        String sensor = device.series().get(i).sensor();
        tracks.add(track(recording, sensor, Passage.OF_A_SERIES, device.windows().get(i), period));
      }
      if (model.scoresTogether()) {
        tracks.add(
            track(
                recording, JointState.ALL_SENSORS, Passage.OF_A_DEVICE, device.instants(), period));
      }
      return tracks;
    }

    private <W> Track track(
        Recording recording, String sensor, Passage<W, ?> passage, List<W> windows, Period period) {
      LongStream.Builder starts = LongStream.builder();
      DoubleStream.Builder probabilities = DoubleStream.builder();
      passage.through(
          windows,
          (start, features) -> {
            if (period.contains(start)
                && Examples.mayBeNormal(recording.anomalies(), start, plan.windowMillis())) {
              starts.add(start);
              probabilities.add(model.probability(features));
            }
          });
      return new Track(
          recording.device(),
          sensor,
          plan.windowMillis(),
          starts.build().toArray(),
          probabilities.build().toArray());
    }

    List<Outcome> outcomes(Split.Part part, Recording recording) {
      Period period = split.period(part, recording);
      List<Outcome> outcomes = new ArrayList<>();
      if (!period.equals(Period.NEVER)) {
        DeviceWindows device = DeviceWindows.of(recording, plan.windowMillis());
        for (int i = 0; i < device.series().size(); i++) {
          addOutcomes(device, i, period, outcomes);
        }
      }
      return outcomes;
    }

    /** A fault is found where its series is flagged, or all sensors of its device together are. */
    private void addOutcomes(
        DeviceWindows device, int place, Period period, List<Outcome> outcomes) {
      List<WindowSummary> normal = device.windows().get(place);
      FaultySeries faulty =
          plan.injector(0)
              .inject(device.series().get(place), Examples.oldEnough(normal, plan.windowMillis()));
      List<Fault> faults = faulty.faults();
      List<WindowSummary> wrong = Windows.of(faulty.series(), plan.windowMillis());
      int[] delays = new int[faults.size()];
      Arrays.fill(delays, -1);
      noteDelays(Passage.OF_A_SERIES, normal, wrong, faults, delays);
      if (model.scoresTogether()) {
        noteDelays(
            Passage.OF_A_DEVICE,
            device.instants(),
            device.instantsWith(place, wrong),
            faults,
            delays);
      }
      for (int i = 0; i < delays.length; i++) {
        if (period.contains(faults.get(i).startMillis())) {
          outcomes.add(new Outcome(faults.get(i), delays[i]));
        }
      }
    }

    private <W> void noteDelays(
        Passage<W, ?> passage, List<W> normal, List<W> wrong, List<Fault> faults, int[] delays) {
      List<Period> periods = plan.periods(faults);
      passage.throughFaults(
          normal,
          wrong,
          periods,
          (fault, start, features) -> {
            if (model.probability(features) >= model.threshold()) {
              int delay = (int) ((start - periods.get(fault).fromMillis()) / plan.windowMillis());
              delays[fault] = delays[fault] < 0 ? delay : Math.min(delays[fault], delay);
            }
          });
    }
  }
}
