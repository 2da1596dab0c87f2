package io.fieldwatch.model.command;

import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What scoring and learning a window costs, of many series in turn: the memory of one has to be
 * fetched again each time, as in the stream job.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScoringBenchmark {
  private static final int DEVICES = 200;
  private static final int SENSORS = 5;
  private static final int PAST = 800;
  private static final long WINDOW = 10_000;

  private final Model model = ModelFile.bundled();
  private final Random random = new Random(1);
  private final List<String> names = List.of("a", "b", "c", "d", "e");
  private final double[][] values = new double[DEVICES][SENSORS];
  private final SeriesState[] series = new SeriesState[DEVICES * SENSORS];
  private final JointState[] devices = new JointState[DEVICES];
  private int nextSeries;
  private int nextDevice;
  private long window;

  /** Gives every series and device a past. */
  @Setup
  public void age() {
    for (int i = 0; i < series.length; i++) {
      series[i] = SeriesState.initial();
    }
    for (int i = 0; i < devices.length; i++) {
      devices[i] = JointState.initial();
    }
    for (int i = 0; i < PAST; i++) {
      for (int j = 0; j < series.length; j++) {
        oneSeries();
      }
      for (int j = 0; j < devices.length; j++) {
        oneDevice();
      }
    }
  }

  /** A window of a series: from its summary to a probability and a new state. */
  @Benchmark
  public double oneSeries() {
    nextSeries = (nextSeries + 1) % series.length;
    window += nextSeries == 0 ? 1 : 0;
    double mean = value(nextSeries / SENSORS, nextSeries % SENSORS);
    WindowSummary summary =
        new WindowSummary(
            window * WINDOW, WINDOW, 10, mean, mean - 0.5, mean + 0.6, 0.3, mean, mean + 0.1);
    SeriesState.Step step = series[nextSeries].next(summary);
    series[nextSeries] = step.state();
    return model.probability(step.features());
  }

  /** An instant of a device with five sensors, likewise. */
  @Benchmark
  public double oneDevice() {
    nextDevice = (nextDevice + 1) % devices.length;
    window += nextDevice == 0 ? 1 : 0;
    double[] means = new double[SENSORS];
    for (int i = 0; i < SENSORS; i++) {
      means[i] = value(nextDevice, i);
    }
    JointState.Step step = devices[nextDevice].next(new JointWindow(window * WINDOW, names, means));
    devices[nextDevice] = step.state();
    return model.probability(step.features());
  }

  /** A walk that returns to its level. */
  private double value(int device, int sensor) {
    double[] of = values[device];
    of[sensor] = 0.95 * of[sensor] + 0.3 * (random.nextDouble() - 0.5);
    return 20 + sensor + of[sensor];
  }
}
