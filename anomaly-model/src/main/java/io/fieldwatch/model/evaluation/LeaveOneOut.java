package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntConsumer;

/**
 * For each device a model that was learnt from the labels of all others and has not seen its own.
 * Features are computed once.
 */
public final class LeaveOneOut {
  /** About ten for each weight; with fewer events a model is mostly chance. */
  private static final int ENOUGH_ANOMALOUS = 100;

  private static final double LEAST_MAGNITUDE = 0.5;
  private static final double GREATEST_MAGNITUDE = 12;

  private final List<Part> parts;
  private final Learner learner;

  /**
   * One device.
   *
   * @param sensors for each the windows to judge a model by
   * @param together likewise of all of them, where there are several
   * @param ofSeries what can be learnt of the sensors
   * @param ofDevice what can be learnt of all of them together
   */
  private record Part(
      Labelled device,
      List<Passed> sensors,
      Optional<Passed> together,
      Taught ofSeries,
      Taught ofDevice) {
    static Part of(Labelled device, ModelDetector detector, Optional<Injection> injection) {
      Lessons lessons = new Lessons(device);
      List<Passed> sensors = new ArrayList<>();
      for (int sensor = 0; sensor < device.table().sensors().size(); sensor++) {
        Passed passed = Passed.of(detector.ofSensor(device.table(), sensor));
        sensors.add(passed);
        lessons.add(passed.windows());
      }
      Lessons jointLessons = new Lessons(device);
      Optional<Passed> together = detector.ofDevice(device.table()).map(Passed::of);
      together.ifPresent(passed -> jointLessons.add(passed.ofDevice()));
      Optional<FaultLessons> faults = injection.map(chosen -> FaultLessons.of(device, chosen));
      return new Part(
          device,
          sensors,
          together,
          new Taught(lessons, faults.map(FaultLessons::ofSeries).orElse(List.of())),
          new Taught(jointLessons, faults.map(FaultLessons::ofDevice).orElse(List.of())));
    }

    Judged judged(Model model) {
      double[] probabilities = new double[device.table().rows()];
      sensors.forEach(passed -> passed.raise(probabilities, model));
      if (model.scoresTogether()) {
        together.ifPresent(passed -> passed.raise(probabilities, model));
      }
      return device.judged(probabilities, model.threshold());
    }
  }

  /**
   * What can be learnt from one device.
   *
   * @param lessons what its labels teach
   * @param faults what faults teach that are put beside them
   */
  private record Taught(Lessons lessons, List<double[][]> faults) {}

  /** A pass that is done, and the windows that it gave. */
  private record Passed(Pass pass, List<Pass.RowFeatures> windows) {
    static Passed of(Pass pass) {
      List<Pass.RowFeatures> windows = new ArrayList<>();
      pass.forEach(windows::add);
      return new Passed(pass, windows);
    }

    /** Without those in which too few sensors can be compared, which say nothing. */
    List<Pass.RowFeatures> ofDevice() {
      return windows.stream().filter(w -> FeatureNames.areOfDevice(w.features())).toList();
    }

    void raise(double[] probabilities, Model model) {
      PassScores scores = new PassScores(pass, probabilities.length);
      for (Pass.RowFeatures window : windows) {
        scores.complete(window.row(), model.probability(window.features()));
      }
      scores.raise(probabilities, (row, completing) -> {});
    }
  }

  private LeaveOneOut(List<Part> parts, Learner learner) {
    this.parts = parts;
    this.learner = learner;
  }

  /**
   * From labels and nothing else. Computes the features, several devices at a time.
   *
   * @param windowMillis the length of windows; by row without
   */
  public static LeaveOneOut ofLabels(
      List<Labelled> devices, OptionalLong windowMillis, Learner learner) {
    return new LeaveOneOut(parts(devices, detector(windowMillis), Optional.empty()), learner);
  }

  /**
   * From labels, and where these give less than {@value #ENOUGH_ANOMALOUS} events, from faults that
   * are put into the normal stretches beside them, so many that it is enough. Computes the
   * features, several devices at a time.
   *
   * @param windowMillis the length of windows; by row without
   * @param seed of the faults
   */
  public static LeaveOneOut ofLabelsAndFaults(
      List<Labelled> devices, OptionalLong windowMillis, Learner learner, long seed) {
    ModelDetector detector = detector(windowMillis);
    Injection injection =
        new Injection(detector, windowMillis, seed, LEAST_MAGNITUDE, GREATEST_MAGNITUDE);
    return new LeaveOneOut(parts(devices, detector, Optional.of(injection)), learner);
  }

  /** Cuts windows and computes features, which do not depend on the model. */
  private static ModelDetector detector(OptionalLong windowMillis) {
    return ModelDetector.of(new Model("none", 1, 0, 1, List.of()), windowMillis);
  }

  private static List<Part> parts(
      List<Labelled> devices, ModelDetector detector, Optional<Injection> injection) {
    return devices.parallelStream().map(device -> Part.of(device, detector, injection)).toList();
  }

  /**
   * A model for each device, in their order, flagging where F1 is best on the others.
   *
   * @param folds how many groups the devices are cut into; a model is learnt for each group from
   *     the others, and with as many groups as devices for each device alone
   * @param done told for how many devices there is a model so far
   * @throws IllegalArgumentException if the others teach too little
   */
  public List<Model> models(int folds, IntConsumer done) {
    if (folds < 2) {
      throw new IllegalArgumentException("Invalid folds " + folds + ": must be 2 or more");
    }
    Model[] models = new Model[parts.size()];
    int count = 0;
    for (int fold = 0; fold < Math.min(folds, parts.size()); fold++) {
      Model model = without(fold, folds);
      for (int i = fold; i < models.length; i += folds) {
        models[i] = model;
        done.accept(++count);
      }
    }
    return List.of(models);
  }

  /** What a model gives the rows of one device, as {@link ModelDetector} does. */
  Judged judged(int device, Model model) {
    return parts.get(device).judged(model);
  }

  private Model without(int fold, int folds) {
    List<Part> others = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (i % folds != fold) {
        others.add(parts.get(i));
      }
    }
    Model model =
        learner.learn(
            stretches(others.stream().map(Part::ofSeries).toList()),
            stretches(others.stream().map(Part::ofDevice).toList()));
    PrecisionRecall curve =
        PrecisionRecall.of(others.stream().map(part -> part.judged(model)).toList());
    return model.withThreshold(model.version(), curve.best().threshold());
  }

  private static Stretches stretches(List<Taught> all) {
    List<double[][]> anomalous = new ArrayList<>();
    List<double[][]> faults = new ArrayList<>();
    List<double[][]> normal = new ArrayList<>();
    for (Taught taught : all) {
      anomalous.addAll(taught.lessons().anomalous());
      faults.addAll(taught.faults());
      normal.addAll(taught.lessons().normal());
    }
    anomalous.addAll(some(faults, ENOUGH_ANOMALOUS - anomalous.size()));
    return new Stretches(anomalous, normal);
  }

  /** At most so many, and evenly from all of them. */
  private static List<double[][]> some(List<double[][]> faults, int most) {
    int count = Math.max(0, Math.min(most, faults.size()));
    List<double[][]> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(faults.get((int) ((long) i * faults.size() / count)));
    }
    return some;
  }
}
