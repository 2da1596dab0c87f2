package io.fieldwatch.model.evaluation.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.evaluation.Detector;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocol on the benchmark's own data; skipped where {@link NabFolder} is not there. */
class NabBenchmarkTest {
  private static List<NabFile> corpus = List.of();

  @BeforeAll
  static void read() throws IOException {
    corpus = NabCorpus.read(NabFolder.orSkip());
  }

  @Test
  void theBenchmarkIsThereAsItWasPublished() {
    assertThat(corpus).hasSize(58);
    assertThat(corpus.stream().mapToInt(file -> file.table().rows()).sum()).isEqualTo(365_558);
    assertThat(corpus.stream().mapToInt(file -> file.windows().size()).sum()).isEqualTo(116);
  }

  @Test
  void theDetectorOfNothingHasItsPublishedScores() {
    assertScores(PublishedDetectors.constant(), 0, 0, 0);
  }

  @Test
  void theRelativeEntropyHasItsPublishedScores() {
    assertScores(
        PublishedDetectors.relativeEntropy(),
        54.64274893469828,
        47.598351759844824,
        58.84229239324713);
  }

  @Test
  void theWindowedGaussianHasItsPublishedScores() {
    assertScores(
        PublishedDetectors.windowedGaussian(),
        39.649523496077585,
        20.86798582474138,
        47.4100271583046);
  }

  private static void assertScores(
      Detector detector, double standard, double lowFalsePositives, double lowFalseNegatives) {
    // When
    List<NabScore> scores =
        NabScore.of(
            corpus, corpus.parallelStream().map(file -> detector.scores(file.table())).toList());

    // Then
    assertThat(scores.get(0).score()).isCloseTo(standard, within(1e-6));
    assertThat(scores.get(1).score()).isCloseTo(lowFalsePositives, within(1e-6));
    assertThat(scores.get(2).score()).isCloseTo(lowFalseNegatives, within(1e-6));
  }
}
