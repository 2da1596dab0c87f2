package io.fieldwatch.model.evaluation.nab;

import io.fieldwatch.model.evaluation.Detector;
import io.fieldwatch.model.evaluation.RecordHigh;
import java.util.List;
import java.util.function.Function;

/** Takes a detector through the benchmark. */
public final class NabRun {
  private static final int LEAST_QUIET_ROWS = 20;
  private static final int PROBATION_SHARE = 3;

  private NabRun() {}

  /**
   * Scores all files, several at a time, and judges the scores with one alarm an event.
   *
   * @param detectors the detector for a file; called by several threads at once
   */
  public static List<NabScore> of(List<NabFile> corpus, Function<NabFile, Detector> detectors) {
    List<double[]> scores =
        corpus.parallelStream()
            .map(file -> RecordHigh.of(detectors.apply(file).scores(file.table()), quietRows(file)))
            .toList();
    return NabScore.of(corpus, scores);
  }

  /** A third of the probation, whose length the benchmark tells every detector. */
  private static int quietRows(NabFile file) {
    return Math.max(LEAST_QUIET_ROWS, file.probationRows() / PROBATION_SHARE);
  }
}
