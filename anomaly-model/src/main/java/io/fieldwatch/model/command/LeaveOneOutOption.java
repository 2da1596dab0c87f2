package io.fieldwatch.model.command;

import io.fieldwatch.model.evaluation.Labelled;
import io.fieldwatch.model.evaluation.Learner;
import io.fieldwatch.model.evaluation.LeaveOneOut;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.training.MlLearner;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether models are learnt from the labels of the other files. */
final class LeaveOneOutOption {
  private static final long SEED = 42;

  @Option(
      names = "--leave-one-out",
      description = {
        "Learn a model for each file from the labels of the others, instead of taking one that",
        "has seen no labels."
      })
  private boolean chosen;

  @Option(
      names = "--folds",
      paramLabel = "N",
      description = "Leave out so many groups of files instead of every file alone: faster.")
  private @Nullable Integer folds;

  @Option(
      names = "--labels-only",
      description = {
        "With --leave-one-out: put no faults into the normal rows of the others, which are else",
        "learnt beside their events where these are less than 100."
      })
  private boolean labelsOnly;

  boolean isChosen() {
    return chosen;
  }

  /** Learns a model for each of the files, with a bar of progress; takes minutes. */
  List<Model> learn(List<Labelled> files, OptionalLong windowMillis) {
    try (MlLearner learner = new MlLearner()) {
      return leaveOneOut(files, windowMillis, learner)
          .models(
              folds == null ? files.size() : folds,
              Progress.of("Learning from the other files", files.size()));
    }
  }

  private LeaveOneOut leaveOneOut(
      List<Labelled> files, OptionalLong windowMillis, Learner learner) {
    return labelsOnly
        ? LeaveOneOut.ofLabels(files, windowMillis, learner)
        : LeaveOneOut.ofLabelsAndFaults(files, windowMillis, learner, SEED);
  }
}
