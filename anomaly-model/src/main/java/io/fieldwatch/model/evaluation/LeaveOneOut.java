package io.fieldwatch.model.evaluation;

import io.fieldwatch.model.scorer.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;

/**
 * For each device a model that was learnt from the labels of all others and has not seen its own.
 * Features are computed once.
 */
public final class LeaveOneOut {
  private final List<Part> parts;
  private final Learner learner;

  /** One device: what its labels teach, and for each sensor the windows to judge a model by. */
  private record Part(
      Labelled device, Lessons lessons, List<List<ModelDetector.RowFeatures>> sensors) {
    static Part of(Labelled device, ModelDetector detector) {
      Lessons lessons = new Lessons(device);
      List<List<ModelDetector.RowFeatures>> sensors = new ArrayList<>();
      for (int sensor = 0; sensor < device.table().sensors().size(); sensor++) {
        List<ModelDetector.RowFeatures> windows = detector.features(device.table(), sensor);
        sensors.add(windows);
        lessons.add(windows);
      }
      return new Part(device, lessons, sensors);
    }

    Judged judged(Model model) {
      double[] probabilities = new double[device.table().rows()];
      for (int sensor = 0; sensor < sensors.size(); sensor++) {
        SensorScores scores = new SensorScores(device.table().values(sensor));
        for (ModelDetector.RowFeatures window : sensors.get(sensor)) {
          scores.complete(window.row(), model.probability(window.features()));
        }
        scores.raise(probabilities, (row, completing) -> {});
      }
      return device.judged(probabilities, model.threshold());
    }
  }

  /**
   * Computes the features, several devices at a time.
   *
   * @param windowMillis the length of windows; by row without
   */
  public LeaveOneOut(List<Labelled> devices, OptionalLong windowMillis, Learner learner) {
    Model any = new Model("none", 1, 0, 1, List.of());
    ModelDetector detector = ModelDetector.of(any, windowMillis);
    this.parts = devices.parallelStream().map(device -> Part.of(device, detector)).toList();
    this.learner = learner;
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
    List<double[][]> anomalous = new ArrayList<>();
    List<double[][]> normal = new ArrayList<>();
    List<Part> others = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (i % folds != fold) {
        others.add(parts.get(i));
      }
    }
    for (Part part : others) {
      anomalous.addAll(part.lessons().anomalous());
      normal.addAll(part.lessons().normal());
    }
    Model model = learner.learn(anomalous, normal);
    PrecisionRecall curve =
        PrecisionRecall.of(others.stream().map(part -> part.judged(model)).toList());
    return model.withThreshold(model.version(), curve.best().threshold());
  }
}
