package io.fieldwatch.model.evaluation.nab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a detector reached in one profile.
 *
 * @param score from 0, detecting nothing, to 100, every window at once and nothing else; at the
 *     threshold that is best for all files together, as the benchmark has it
 * @param threshold that threshold
 * @param total over all files at that threshold
 * @param files the same, file by file
 * @param nested the score when each file is judged at the threshold that is best for the others
 * @param low the 5 % quantile of the score over files drawn again, at the same threshold
 * @param high the 95 % quantile
 */
public record NabScore(
    Profile profile,
    double score,
    double threshold,
    Tally total,
    List<Tally> files,
    double nested,
    double low,
    double high) {
  private static final int DRAWS = 2000;
  private static final long SEED = 42;

  public NabScore {
    files = List.copyOf(files);
  }

  /**
   * Judges the scores of all rows in all profiles.
   *
   * @param scores for each file one score a row, never NaN; {@link Double#NEGATIVE_INFINITY} where
   *     no alarm may be raised
   */
  public static List<NabScore> of(List<NabFile> corpus, List<double[]> scores) {
    Sweep sweep = new Sweep(corpus, scores);
    List<NabScore> results = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      double threshold = sweep.bestThreshold(profile, Sweep.NONE);
      List<Tally> files = Arrays.asList(sweep.tallies(threshold));
      Tally total = files.stream().reduce(Tally.NOTHING, Tally::plus);
      double[] drawn = drawn(files, profile);
      results.add(
          new NabScore(
              profile,
              total.score(profile),
              threshold,
              total,
              files,
              nested(sweep, profile, corpus.size()).score(profile),
              drawn[DRAWS / 20],
              drawn[DRAWS - 1 - DRAWS / 20]));
    }
    return results;
  }

  private static Tally nested(Sweep sweep, Profile profile, int files) {
    Tally total = Tally.NOTHING;
    for (int file = 0; file < files; file++) {
      double threshold = sweep.bestThreshold(profile, file);
      total = total.plus(sweep.tallies(threshold)[file]);
    }
    return total;
  }

  /** Scores of as many files drawn with replacement, ascending. */
  private static double[] drawn(List<Tally> files, Profile profile) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] scores = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      Tally total = Tally.NOTHING;
      for (int i = 0; i < files.size(); i++) {
        total = total.plus(files.get(random.nextInt(files.size())));
      }
      scores[draw] = total.windows() == 0 ? 0 : total.score(profile);
    }
    Arrays.sort(scores);
    return scores;
  }
}
