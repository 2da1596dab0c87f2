package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Calibration;
import io.fieldwatch.model.scorer.Calibration.Knot;
import io.fieldwatch.model.scorer.Model;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Makes probabilities mean what they say, on examples a model has not learnt from: fits the shares
 * of faults that rise with the logit and come closest to the examples (pooled neighbours: Ayer and
 * others 1955). A logistic curve (Platt 1999) cannot follow them: among the least suspicious
 * examples many are faults too small to show, which lie below the chance finds of normal stretches.
 */
final class Isotonic {
  /** A share is that of so many examples or more. */
  private static final int GROUP = 50;

  /** Logits that mean the same are kept apart by so much, for the order of windows to stay. */
  private static final double LEAST_SLOPE = 0.01;

  private Isotonic() {}

  /** Neighbouring examples, of which one share is faults. */
  private record Block(double from, double to, int examples, double faults) {
    Block with(Block next) {
      return new Block(from, next.to, examples + next.examples, faults + next.faults);
    }

    /** Never 0 or 1: some more examples might have shown it otherwise. */
    double share() {
      return (faults + 0.5) / (examples + 1);
    }

    double logit() {
      return Math.log(share() / (1 - share()));
    }
  }

  /** The model with calibrated probabilities; as it is where the examples say too little. */
  static Model calibrated(Model model, List<Bag> examples) {
    double faults = examples.stream().mapToDouble(Bag::label).sum();
    if (faults < Trainer.LEAST_EXAMPLES || examples.size() - faults < Trainer.LEAST_EXAMPLES) {
      return model;
    }
    return model.calibratedBy(through(pooled(groups(model, examples))));
  }

  /** The examples in groups, ascending; equal logits are never apart. */
  private static List<Block> groups(Model model, List<Bag> examples) {
    double[][] points = new double[examples.size()][];
    Arrays.setAll(
        points,
        i -> new double[] {model.logit(examples.get(i).features()), examples.get(i).label()});
    Arrays.sort(points, Comparator.comparingDouble(point -> point[0]));
    List<Block> groups = new ArrayList<>();
    for (double[] point : points) {
      Block one = new Block(point[0], point[0], 1, point[1]);
      int last = groups.size() - 1;
      if (last >= 0
          && (groups.get(last).examples() < GROUP || groups.get(last).to() == one.from())) {
        groups.set(last, groups.get(last).with(one));
      } else {
        groups.add(one);
      }
    }
    return groups;
  }

  /** Pools neighbours until shares rise. */
  private static List<Block> pooled(List<Block> groups) {
    Deque<Block> blocks = new ArrayDeque<>();
    for (Block group : groups) {
      Block block = group;
      while (!blocks.isEmpty() && blocks.getLast().share() >= block.share()) {
        block = blocks.removeLast().with(block);
      }
      blocks.addLast(block);
    }
    return List.copyOf(blocks);
  }

  private static Calibration through(List<Block> blocks) {
    List<Knot> knots = new ArrayList<>();
    for (Block block : blocks) {
      addKnot(block.from(), block.logit(), knots);
      if (block.to() > block.from()) {
        addKnot(block.to(), block.logit(), knots);
      }
    }
    return new Calibration(knots);
  }

  private static void addKnot(double logit, double wanted, List<Knot> knots) {
    double calibrated = wanted;
    if (!knots.isEmpty()) {
      Knot before = knots.get(knots.size() - 1);
      double least = before.calibrated() + LEAST_SLOPE * (logit - before.logit());
      calibrated = Math.max(wanted, Math.max(least, Math.nextUp(before.calibrated())));
    }
    knots.add(new Knot(logit, calibrated));
  }
}
