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
  private static final int STRETCH_ROWS = 120;

  private final List<Part> parts;
  private final Learner learner;

  /** What one device teaches, and its windows by row. */
  private static final class Part {
    final List<double[][]> anomalous = new ArrayList<>();
    final List<double[][]> normal = new ArrayList<>();
    final Labelled device;
    final List<List<ModelDetector.RowFeatures>> sensors = new ArrayList<>();

    Part(Labelled device, ModelDetector detector) {
      this.device = device;
      for (int sensor = 0; sensor < device.table().sensors().size(); sensor++) {
        List<ModelDetector.RowFeatures> windows = detector.features(device.table(), sensor);
        sensors.add(windows);
        cut(windows);
      }
    }

    /** Runs of anomalous rows are stretches whole; normal ones are cut. */
    private void cut(List<ModelDetector.RowFeatures> windows) {
      List<double[]> stretch = new ArrayList<>();
      byte label = -1;
      for (ModelDetector.RowFeatures window : windows) {
        byte own = label(window);
        if (own != label || (label == 0 && stretch.size() == STRETCH_ROWS)) {
          keep(stretch, label);
          label = own;
        }
        stretch.add(window.features());
      }
      keep(stretch, label);
    }

    /** Anomalous where one of the window's own rows is; nothing where one is not judged. */
    private byte label(ModelDetector.RowFeatures window) {
      byte label = 0;
      for (int row = window.firstRow(); row <= window.lastRow(); row++) {
        byte own = row < device.from() ? -1 : device.labels()[row];
        if (own == 1) {
          return 1;
        }
        label = own == 0 ? label : -1;
      }
      return label;
    }

    private void keep(List<double[]> stretch, byte label) {
      if (!stretch.isEmpty() && (label == 0 || label == 1)) {
        (label == 1 ? anomalous : normal).add(stretch.toArray(new double[0][]));
      }
      stretch.clear();
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
    this.parts = devices.parallelStream().map(device -> new Part(device, detector)).toList();
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
      anomalous.addAll(part.anomalous);
      normal.addAll(part.normal);
    }
    Model model = learner.learn(anomalous, normal);
    PrecisionRecall curve =
        PrecisionRecall.of(others.stream().map(part -> part.judged(model)).toList());
    return model.withThreshold(model.version(), curve.best().threshold());
  }
}
