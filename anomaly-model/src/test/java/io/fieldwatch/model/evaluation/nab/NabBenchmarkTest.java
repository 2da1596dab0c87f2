package io.fieldwatch.model.evaluation.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldwatch.model.evaluation.Detector;
import io.fieldwatch.model.evaluation.ModelDetector;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On the benchmark's own data, whose folder {@code FIELDWATCH_NAB} names; skipped without. */
class NabBenchmarkTest {
  private static List<NabFile> corpus = List.of();

  @BeforeAll
  static void read() throws IOException {
    String folder = System.getenv("FIELDWATCH_NAB");
    String skipped =
        "SKIPPED: nothing was tested on the Numenta Anomaly Benchmark, because FIELDWATCH_NAB does"
            + " not name its folder";
    if (folder == null) {
      System.out.println(skipped);
    }
    assumeTrue(folder != null, skipped);
    corpus = NabCorpus.read(Path.of(folder));
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

  @Test
  void theBundledModelKeepsWhatItReaches() {
    // When
    Detector detector = ModelDetector.ofRows(ModelFile.bundled());
    List<NabScore> scores = NabRun.of(corpus, file -> detector);

    // Then: measured 55.9, 45.0 and 62.5
    assertThat(scores.get(0).score()).isGreaterThan(55);
    assertThat(scores.get(1).score()).isGreaterThan(44);
    assertThat(scores.get(2).score()).isGreaterThan(61);
  }
}
