package io.fieldwatch.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.recording.NormalDays;
import io.fieldwatch.model.recording.Series;
import io.fieldwatch.model.recording.Table;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeaveOneOutTest {
  private static final int ROWS = 3000;
  private static final OptionalLong TEN_ROWS = OptionalLong.of(10_000);
  private static final Model MODEL = ModelFile.bundled();

  /** Keeps what it is given, and has learnt before. */
  private static final class Recorder implements Learner {
    private final List<List<double[][]>> anomalous = new ArrayList<>();
    private final List<List<double[][]>> normal = new ArrayList<>();
    private final List<Stretches> devices = new ArrayList<>();

    @Override
    public Model learn(Stretches series, Stretches together) {
      anomalous.add(series.anomalous());
      normal.add(series.normal());
      devices.add(together);
      return MODEL;
    }
  }

  @Test
  void anEventIsOneExampleHoweverManySensorsItsDeviceHas() {
    // Given: devices of eight sensors and two events of ten and of one row
    byte[] labels = new byte[ROWS];
    Arrays.fill(labels, 1000, 1010, (byte) 1);
    labels[2000] = 1;
    List<Labelled> devices = new ArrayList<>();
    for (String device : List.of("a", "b", "c")) {
      devices.add(new Labelled(table(device, 8), labels, 600));
    }
    Recorder recorder = new Recorder();

    // When
    LeaveOneOut.ofLabels(devices, OptionalLong.empty(), recorder).models(3, done -> {});

    // Then: two of them teach two events each, with the windows of every sensor
    assertThat(recorder.anomalous).hasSize(3);
    for (List<double[][]> events : recorder.anomalous) {
      assertThat(events.stream().map(windows -> windows.length))
          .containsExactly(8 * 10, 8, 8 * 10, 8);
    }
    // 400, 990 and 999 normal rows of each sensor, in pieces of at most 120
    assertThat(recorder.normal.get(0)).hasSize(2 * 8 * (4 + 9 + 9));
  }

  @Test
  void aWindowWithTwoEventsBelongsToBothAndAnEventWithoutAWindowTeachesNothing() {
    // Given: two events in one window of ten rows, and one in the last, which is never complete
    byte[] labels = new byte[ROWS];
    labels[1002] = 1;
    labels[1007] = 1;
    labels[ROWS - 1] = 1;
    Labelled device = new Labelled(table("d", 1), labels, 0);
    Recorder recorder = new Recorder();

    // When
    LeaveOneOut.ofLabels(List.of(quiet(), device), TEN_ROWS, recorder).models(2, done -> {});

    // Then
    double[][] both = stretch(windows(device.table()).subList(100, 101));
    assertThat(recorder.anomalous.get(0)).hasSize(2);
    assertThat(recorder.anomalous.get(0).get(0)).isDeepEqualTo(both);
    assertThat(recorder.anomalous.get(0).get(1)).isDeepEqualTo(both);
  }

  @Test
  void aWindowIsWhatItsOwnRowsAre() {
    // Given: of windows of ten rows the hundredth is anomalous in part; the head is past, and one
    // row in the 200th has another label
    byte[] labels = new byte[ROWS];
    Arrays.fill(labels, 1003, 1010, (byte) 1);
    labels[2005] = -1;
    Labelled device = new Labelled(table("d", 1), labels, 605);
    Recorder recorder = new Recorder();

    // When: the model for the other device is learnt from this one
    LeaveOneOut.ofLabels(List.of(quiet(), device), TEN_ROWS, recorder).models(2, done -> {});

    // Then: the 60th window, which begins in the past, and the 200th teach nothing
    List<double[]> windows = windows(device.table());
    assertThat(recorder.anomalous.get(0)).hasSize(1);
    assertThat(recorder.anomalous.get(0).get(0)).isDeepEqualTo(stretch(windows.subList(100, 101)));
    assertThat(recorder.normal.get(0)).hasSize(3);
    assertThat(recorder.normal.get(0).get(0)).isDeepEqualTo(stretch(windows.subList(61, 100)));
    assertThat(recorder.normal.get(0).get(1)).isDeepEqualTo(stretch(windows.subList(101, 200)));
    assertThat(recorder.normal.get(0).get(2)).isDeepEqualTo(stretch(windows.subList(201, 299)));
  }

  @Test
  void faultsBesideLabelsArePutWhereRowsAreNormalAndAreTheSameEachTime() {
    // Given: one event, and behind it nothing that is judged
    byte[] labels = new byte[ROWS];
    Arrays.fill(labels, 1500, 1600, (byte) 1);
    Arrays.fill(labels, 1600, ROWS, (byte) -1);
    Labelled device = new Labelled(table("d", 2), labels, 600);
    Labelled allNormal = new Labelled(device.table(), new byte[ROWS], 600);
    Recorder recorder = new Recorder();

    // When
    for (Labelled taught : List.of(device, device, allNormal)) {
      LeaveOneOut.ofLabelsAndFaults(List.of(quiet(), taught), OptionalLong.empty(), recorder, 7)
          .models(2, done -> {});
    }

    // Then: the event is the first; the faults of the 900 normal rows of each sensor follow
    List<double[][]> anomalous = recorder.anomalous.get(0);
    assertThat(anomalous.get(0)).hasDimensions(2 * 100, FeatureNames.all().size());
    assertThat(anomalous).hasSizeBetween(5, 30);
    assertThat(recorder.anomalous.get(2)).hasSameSizeAs(anomalous);
    for (int i = 0; i < anomalous.size(); i++) {
      assertThat(recorder.anomalous.get(2).get(i)).isDeepEqualTo(anomalous.get(i));
    }
    assertThat(recorder.anomalous.get(4).size()).isGreaterThan(anomalous.size());
  }

  @Test
  void faultsFillUpWhatTheLabelsLackAndNoMore() {
    // Given: a device with events of one row each, and one whose normal rows have room for faults
    Labelled normal = new Labelled(table("normal", 8), new byte[ROWS], 600);
    Recorder recorder = new Recorder();

    // When
    for (int events : new int[] {0, 60, 100, 150}) {
      byte[] labels = new byte[ROWS];
      for (int i = 0; i < events; i++) {
        labels[600 + 10 * i] = 1;
      }
      Labelled device = new Labelled(table("d", 1), labels, 600);
      LeaveOneOut.ofLabelsAndFaults(
              List.of(quiet(), device, normal), OptionalLong.empty(), recorder, 7)
          .models(3, done -> {});
    }

    // Then: what is learnt for the quiet device
    assertThat(recorder.anomalous.get(0)).hasSize(100);
    assertThat(recorder.anomalous.get(3)).hasSize(100);
    assertThat(recorder.anomalous.get(6)).hasSize(100);
    assertThat(recorder.anomalous.get(9)).hasSize(150);
    assertThat(recorder.anomalous.get(6)).allMatch(windows -> windows.length == 1);
  }

  @Test
  void allSensorsTogetherTeachAsOneSensorDoes() {
    // Given: an event, and rows in which too few sensors give anything to compare them
    Table table = Pairs.table("d", 1, 3, ROWS, 1500, 1600);
    byte[] labels = new byte[ROWS];
    Arrays.fill(labels, 1500, 1600, (byte) 1);
    for (int row = 1590; row < 1710; row++) {
      table.values(0)[row] = Double.NaN;
      table.values(1)[row] = Double.NaN;
    }
    Labelled device = new Labelled(table, labels, 600);
    Recorder recorder = new Recorder();

    // When
    LeaveOneOut.ofLabels(List.of(quiet(), device), OptionalLong.empty(), recorder)
        .models(2, done -> {});

    // Then: 900 and 1290 normal rows in pieces of at most 120; the lonely device teaches none
    Stretches taught = recorder.devices.get(0);
    assertThat(taught.anomalous().stream().map(windows -> windows.length)).containsExactly(90);
    assertThat(taught.normal()).hasSize(8 + 11);
    assertThat(taught.normal().stream().mapToInt(windows -> windows.length).sum())
        .isEqualTo(900 + 1290);
    assertThat(taught.normal()).allMatch(LeaveOneOutTest::isOfDevice);
    assertThat(recorder.devices.get(1)).isEqualTo(new Stretches(List.of(), List.of()));
  }

  @Test
  void faultsOfASensorTeachWhatTheyLookLikeBesideTheOthers() {
    for (OptionalLong window : List.of(OptionalLong.empty(), TEN_ROWS)) {
      // Given: where one of two sensors drops out nothing is left to compare
      Table table = Pairs.table("d", 1, 2, 4 * ROWS, 0, 0);
      Labelled device = new Labelled(table, new byte[4 * ROWS], 600);
      Recorder recorder = new Recorder();

      // When
      LeaveOneOut.ofLabelsAndFaults(List.of(quiet(), device), window, recorder, 7)
          .models(2, done -> {});

      // Then
      Stretches taught = recorder.devices.get(0);
      assertThat(taught.anomalous())
          .hasSizeBetween(recorder.anomalous.get(0).size() / 2, 100)
          .allMatch(LeaveOneOutTest::isOfDevice);
      Model model = Pairs.ofDevices("devices");
      assertThat(medianOfGreatest(taught.anomalous(), model))
          .isGreaterThan(2 * medianOfGreatest(taught.normal(), model));
    }
  }

  private static boolean isOfDevice(double[][] windows) {
    return Arrays.stream(windows).allMatch(FeatureNames::areOfDevice);
  }

  private static double medianOfGreatest(List<double[][]> stretches, Model model) {
    double[] greatest =
        stretches.stream()
            .mapToDouble(
                windows -> Arrays.stream(windows).mapToDouble(model::probability).max().orElse(0))
            .sorted()
            .toArray();
    return greatest[greatest.length / 2];
  }

  @Test
  void theThresholdIsChosenOnTheScoresThatARunGives() {
    for (OptionalLong window : List.of(OptionalLong.empty(), TEN_ROWS)) {
      // Given: two sensors, of which one gives nothing in every third row
      Table table = table("d", 2);
      for (int row = 0; row < ROWS; row += 3) {
        table.values(1)[row] = Double.NaN;
      }
      Labelled device = new Labelled(table, new byte[ROWS], 0);
      LeaveOneOut leaveOneOut =
          LeaveOneOut.ofLabels(List.of(quiet(), device), window, (series, devices) -> MODEL);

      for (Model model : List.of(MODEL, Pairs.ofSeries("series"))) {
        // When
        Judged judged = leaveOneOut.judged(1, model);

        // Then
        assertThat(judged.probabilities()).isEqualTo(ModelDetector.of(model, window).scores(table));
        assertThat(Arrays.stream(judged.probabilities()).distinct().count()).isGreaterThan(10);
      }
    }
  }

  private static Labelled quiet() {
    return new Labelled(table("quiet", 1), new byte[ROWS], 0);
  }

  /** Rows of a second each, from the beginning of a window on. */
  private static Table table(String device, int sensors) {
    List<String> names = new ArrayList<>();
    double[][] values = new double[sensors][];
    long[] times = new long[0];
    for (int sensor = 0; sensor < sensors; sensor++) {
      Series series = NormalDays.series(device, NormalDays.Kind.NOISE, sensor, ROWS, 1000);
      names.add("s" + sensor);
      values[sensor] = series.values();
      times = series.timesMillis();
    }
    return new Table(device, names, times, values);
  }

  private static List<double[]> windows(Table table) {
    List<double[]> windows = new ArrayList<>();
    ModelDetector.of(MODEL, TEN_ROWS)
        .ofSensor(table, 0)
        .forEach(window -> windows.add(window.features()));
    return windows;
  }

  private static double[][] stretch(List<double[]> windows) {
    return windows.toArray(new double[0][]);
  }
}
