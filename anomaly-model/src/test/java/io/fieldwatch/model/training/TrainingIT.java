package io.fieldwatch.model.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.evaluation.Passage;
import io.fieldwatch.model.fault.FaultKind;
import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.recording.NormalDays;
import io.fieldwatch.model.recording.Period;
import io.fieldwatch.model.recording.Recording;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Windows;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingIT {
  private static final List<NormalDays.Kind> KINDS =
      List.of(NormalDays.Kind.NOISE, NormalDays.Kind.WAVE, NormalDays.Kind.WANDER);
  private static final int DEVICES = 12;
  private static final int READINGS = 18_000;
  private static final Plan PLAN = new Plan(42, 10_000, 1);
  private static final int TOGETHER = FeatureNames.indexOf(FeatureNames.TOGETHER).orElseThrow();

  private static Path folder;
  private static SparkSession spark;
  private static JavaRDD<Recording> recordings;
  private static Trainer trainer;
  private static Trainer.Fit fit;

  @BeforeAll
  static void train(@TempDir Path recordingsFolder) throws IOException {
    folder = recordingsFolder;
    NormalDays.write(folder, KINDS, DEVICES, READINGS, 1);
    spark =
        SparkSession.builder()
            .appName("training-test")
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.debug.maxToStringFields", 1000)
            .getOrCreate();
    Recordings read =
        new CsvFolder(folder.toString()).recordings(new JavaSparkContext(spark.sparkContext()));
    recordings = read.all();
    trainer =
        new Trainer(spark, recordings, PLAN, Split.of(read.inventory().devices(), PLAN.seed()));
    fit = trainer.fit();
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void sparkAndThePlainScorerAgreeOnAHundredThousandWindows() {
    // Given: every window of some series, young, ordinary and extreme, and some beyond the limit
    List<Bag> windows = new ArrayList<>();
    for (NormalDays.Kind kind : NormalDays.Kind.values()) {
      Series series = NormalDays.series("x", kind, 99, 202_000, 1000);
      Passage.OF_A_SERIES.through(
          Windows.of(PLAN.injector(0).inject(series, NormalDays.START).series(), 10_000),
          (start, features) -> windows.add(window(features)));
    }
    for (Bag window : List.copyOf(windows.subList(0, 1000))) {
      windows.add(window(beyond(window.features(), Trainer.features())));
    }
    assertThat(windows.size()).isGreaterThan(100_000);

    // Then
    assertSparkAgrees(fit.pipelines(), Trainer.features(), windows);
  }

  @Test
  void sparkAndThePlainScorerAgreeOnDevices() {
    // Given: every instant of a device with a fault in one sensor, and some beyond the limit
    List<Series> series = new ArrayList<>();
    for (NormalDays.Kind kind : NormalDays.Kind.values()) {
      series.add(NormalDays.series("x", kind, 98, READINGS, 1000));
    }
    series.set(0, PLAN.injector(0).inject(series.get(0), NormalDays.START).series());
    List<Bag> windows = new ArrayList<>();
    Passage.OF_A_DEVICE.through(
        DeviceWindows.of(new Recording("x", series, List.of(), 0), 10_000).instants(),
        (start, features) -> {
          if (features[TOGETHER] == 1) {
            windows.add(window(features));
          }
        });
    for (Bag window : List.copyOf(windows)) {
      windows.add(window(beyond(window.features(), Trainer.jointFeatures())));
    }
    assertThat(windows.size()).isGreaterThan(2000);

    // Then
    assertSparkAgrees(fit.joint(), Trainer.jointFeatures(), windows);
  }

  /** Those features so great or so small that most are limited. */
  private static double[] beyond(double[] features, List<String> which) {
    double[] changed = features.clone();
    for (String name : which) {
      int place = FeatureNames.indexOf(name).orElseThrow();
      changed[place] = 20 * features[place] - 5;
    }
    return changed;
  }

  private static void assertSparkAgrees(
      List<PipelineModel> pipelines, List<String> features, List<Bag> windows) {
    double[] bySpark = logitsBySpark(pipelines, features, windows);
    for (int i = 0; i < windows.size(); i++) {
      double expected = 1 / (1 + Math.exp(-bySpark[i]));
      assertThat(windows.get(i).probability()).isCloseTo(expected, within(1e-9));
    }
  }

  /**
   * The mean over the pipelines of what Spark makes of windows, before it becomes a probability.
   */
  private static double[] logitsBySpark(
      List<PipelineModel> pipelines, List<String> features, List<Bag> windows) {
    double[] logits = new double[windows.size()];
    for (PipelineModel pipeline : pipelines) {
      List<Row> rows =
          pipeline
              .transform(new Regression(spark, features).rows(windows))
              .select("rawPrediction")
              .collectAsList();
      for (int i = 0; i < logits.length; i++) {
        logits[i] += ((Vector) rows.get(i).get(0)).apply(1) / pipelines.size();
      }
    }
    return logits;
  }

  private static Bag window(double[] features) {
    return new Bag("x", 0, 0, fit.model().probability(features), features);
  }

  @Test
  void twoTrainingsWithOneSeedGiveTheSameFile() throws IOException {
    // When
    Training.Result first = Training.run(spark, folder.toString(), PLAN, Optional.empty());
    Training.Result second = Training.run(spark, folder.toString(), PLAN, Optional.empty());

    // Then
    assertThat(second.file()).isEqualTo(first.file());
    assertThat(new String(first.file(), UTF_8))
        .contains("\"seed\" : 42", "\"spark\" : \"3.5.5\"", "\"dataSha256\"", "\"readings\"")
        .contains("\"averagePrecision\"", "\"averagePrecisionOfNaiveBayes\"")
        .as("nothing of this machine")
        .doesNotContain(folder.toString(), folder.getFileName().toString());
    assertThat(ModelFile.read(first.file()).version()).startsWith("lr-");
  }

  @Test
  void theReportSaysWhatTheMetricsSay(@TempDir Path out) throws IOException {
    // When
    Training.Result result = Training.run(spark, folder.toString(), PLAN, Optional.of("told"));
    TrainingReport.of(result).write(out);
    Training.Evidence told = result.evidence();

    // Then
    String markdown = Files.readString(out.resolve("report.md"));
    assertThat(markdown)
        .contains("# Training of the anomaly model told")
        .contains("| faults | " + result.metrics().get("faults") + " |")
        .contains(
            "false alarms per device-day | " + result.metrics().get("falseAlarmsPerDeviceDay"))
        .contains(
            String.format(
                Locale.ROOT,
                "| average precision | %.3f | %.3f |",
                Judgement.of(told.ours(), told.labels()).averagePrecision(),
                Judgement.of(told.bayes(), told.labels()).averagePrecision()))
        .contains("## Which faults are found", "## Windows until a fault is flagged")
        .contains("## Do probabilities mean what they say?", "## What the model weighs")
        .contains("dataSha256");
    assertThat(Files.readString(out.resolve("report.html"))).contains("<svg", "naive Bayes");
  }

  @Test
  void clearFaultsInDevicesItHasNotSeenAreFoundAtTheAlarmBudget() {
    // Given
    List<Track> calibration = trainer.tracks(Split.Part.CALIBRATE, fit.model());
    double threshold = AlarmBudget.threshold(calibration, 1);
    Model model = fit.model().withThreshold("m", threshold);

    // When
    List<Outcome> outcomes = trainer.outcomes(Split.Part.TEST, model);
    List<Track> normal = trainer.tracks(Split.Part.TEST, model);

    // Then
    assertThat(AlarmBudget.alarmsPerDeviceDay(calibration, threshold)).isLessThanOrEqualTo(1);
    // Measured 4 alarms in 0.6 device-days.
    assertThat(AlarmBudget.alarmsPerDeviceDay(normal, threshold)).isLessThan(10);
    // Measured 1.0 each.
    assertThat(Metrics.recall(outcomes, TrainingIT::isClear)).isGreaterThan(0.85);
    assertThat(Metrics.recall(outcomes, o -> o.fault().kind() == FaultKind.STUCK))
        .isGreaterThan(0.85);
    assertThat(Metrics.recall(outcomes, o -> o.fault().kind() == FaultKind.DROP_OUT))
        .isGreaterThan(0.85);
  }

  private static boolean isClear(Outcome outcome) {
    return outcome.fault().kind().hasMagnitude() && outcome.fault().magnitude() >= 5;
  }

  @Test
  void labelsThatWereShuffledTeachNothing() {
    // Given
    List<Bag> shuffled = new ArrayList<>();
    List<Bag> order = new ArrayList<>(fit.examples());
    Collections.shuffle(order, new Random(1));
    for (int i = 0; i < order.size(); i++) {
      Bag bag = fit.examples().get(i);
      shuffled.add(
          new Bag(bag.series(), bag.startMillis(), order.get(i).label(), 0, bag.features()));
    }
    List<Bag> learnt = everySecond(shuffled, 0);
    List<Bag> unseen = everySecond(shuffled, 1);

    // When
    Regression regression = new Regression(spark, Trainer.features());
    List<PipelineModel> fitted = regression.fit(List.of(learnt));
    Model model = regression.model("shuffled", fitted);

    // Then: of the half it believes in most, as many are faults as of all
    List<Bag> believed = new ArrayList<>(unseen);
    believed.sort(
        (a, b) -> Double.compare(model.probability(b.features()), model.probability(a.features())));
    double precision = prevalence(believed.subList(0, believed.size() / 2));
    double error = 0.5 / Math.sqrt(believed.size() / 2.0);
    assertThat(precision).isCloseTo(prevalence(unseen), within(3.5 * error));
    List<Bag> rightly = new ArrayList<>(fit.examples());
    rightly.sort(
        (a, b) ->
            Double.compare(
                fit.model().probability(b.features()), fit.model().probability(a.features())));
    assertThat(prevalence(rightly.subList(0, rightly.size() / 4))).isGreaterThan(0.9);
  }

  private static List<Bag> everySecond(List<Bag> bags, int from) {
    List<Bag> half = new ArrayList<>();
    for (int i = from; i < bags.size(); i += 2) {
      half.add(bags.get(i));
    }
    return half;
  }

  private static double prevalence(List<Bag> bags) {
    return bags.stream().mapToDouble(Bag::label).average().orElseThrow();
  }

  @Test
  void coefficientsNeverSpeakAgainstAnAnomaly() {
    assertThat(fit.model().weights())
        .isNotEmpty()
        .filteredOn(w -> !w.feature().equals(FeatureNames.TOGETHER))
        .allMatch(w -> w.coefficient() > 0);
  }

  @Test
  void aFewDevicesAreSplitByTime(@TempDir Path few) throws IOException {
    // Given
    NormalDays.write(few, KINDS, 2, READINGS, 5);

    // When
    byte[] file = Training.run(spark, few.toString(), PLAN, Optional.of("two-devices")).file();

    // Then
    assertThat(ModelFile.read(file).version()).isEqualTo("two-devices");
    assertThat(new String(file, UTF_8)).contains("\"split\" : \"by time\"");
  }

  @Test
  void whatPeopleHaveSaidIsLearntAsAFaultAndWhatTheRunningModelFlagsIsNotLearntAsNormal() {
    // Given
    Series series = NormalDays.series("d", NormalDays.Kind.NOISE, 3, READINGS, 1000);
    long wrong = NormalDays.START + 9_000_000;
    Recording said =
        new Recording("d", List.of(series), List.of(new Period(wrong, wrong + 100_000)), 0);
    Model nothing = new Model("nothing", 1, 0, 4, List.of());
    Model everything = new Model("everything", 0, 0, 4, List.of());

    // When
    List<Bag> examples =
        new Examples(PLAN, 0, nothing, Period.ALWAYS, Optional.of(nothing)).of(said);
    List<Bag> guarded =
        new Examples(PLAN, 0, nothing, Period.ALWAYS, Optional.of(everything)).of(said);

    // Then
    assertThat(examples)
        .filteredOn(b -> b.series().equals("d"))
        .singleElement()
        .satisfies(b -> assertThat(b.label()).isEqualTo(1))
        .satisfies(b -> assertThat(b.startMillis()).isBetween(wrong - 10_000, wrong + 100_000));
    assertThat(examples).anyMatch(b -> b.label() == 0);
    assertThat(guarded).noneMatch(b -> b.label() == 0).anyMatch(b -> b.label() == 1);
  }

  @Test
  void noWindowThatShowsWhatPeopleHaveSaidCountsForTheThreshold() {
    // Given: an anomaly that begins within a window and ends within the next but one
    Series series = NormalDays.series("d", NormalDays.Kind.NOISE, 3, READINGS, 1000);
    long window = NormalDays.START + 10_000_000;
    Period wrong = new Period(window + 5_000, window + 25_000);
    Recording said = new Recording("d", List.of(series), List.of(wrong), 0);
    Recording unsaid = new Recording("d", List.of(series), List.of(), 0);

    // When
    long kept = calibrationWindows(said);

    // Then: the three windows that meet it are gone, and the two behind that still show it
    assertThat(calibrationWindows(unsaid) - kept).isEqualTo(3 + Plan.GRACE_WINDOWS);
  }

  private static long calibrationWindows(Recording recording) {
    JavaRDD<Recording> one =
        new JavaSparkContext(spark.sparkContext()).parallelize(List.of(recording));
    return new Trainer(spark, one, PLAN, Split.of(List.of("d"), PLAN.seed()))
        .tracks(Split.Part.CALIBRATE, fit.model()).stream()
            .flatMapToDouble(Track::probabilities)
            .count();
  }

  @Test
  void tooLittleDataIsRefusedWithASentence(@TempDir Path small) throws IOException {
    NormalDays.write(small, KINDS, 1, 600, 5);

    assertThatThrownBy(() -> Training.run(spark, small.toString(), PLAN, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot train: ")
        .hasMessageEndingWith(
            "give more or longer recordings (devices: 1, sensors: 3, hours: 0.2)");
  }
}
