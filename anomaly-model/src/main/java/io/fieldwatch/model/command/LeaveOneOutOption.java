package io.fieldwatch.model.command;

import io.fieldwatch.model.evaluation.Labelled;
import io.fieldwatch.model.evaluation.LeaveOneOut;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.training.MlLearner;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether models are learnt from the labels of the other files. */
final class LeaveOneOutOption {
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

  boolean isChosen() {
    return chosen;
  }

  /** Learns a model for each of the files, with a bar of progress; takes minutes. */
  List<Model> learn(List<Labelled> files, OptionalLong windowMillis) {
    try (MlLearner learner = new MlLearner()) {
      return new LeaveOneOut(files, windowMillis, learner)
          .models(
              folds == null ? files.size() : folds,
              Progress.of("Learning from the other files", files.size()));
    }
  }
}
