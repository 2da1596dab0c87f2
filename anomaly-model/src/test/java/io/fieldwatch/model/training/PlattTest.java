package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattTest {
  private static final Model MODEL =
      new Model("m", 0.5, 1, 4, List.of(new Weight("level.surprise", 0, 1, 3)));

  @Test
  void probabilitiesComeToMeanWhatTheySayAndTheOrderStays() {
    // Given: examples whose true logit is half of the model's, less one
    Random random = new Random(2);
    List<Bag> examples = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double[] features = new double[FeatureNames.all().size()];
      features[FeatureNames.indexOf("level.surprise").orElseThrow()] = random.nextGaussian();
      double truth = 1 / (1 + Math.exp(1 - MODEL.logit(features) / 2));
      examples.add(new Bag("s", i, random.nextDouble() < truth ? 1 : 0, 0, features));
    }

    // When
    Model calibrated = Platt.calibrated(MODEL, examples);

    // Then
    double[] some = examples.get(0).features();
    assertThat(calibrated.logit(some)).isCloseTo(MODEL.logit(some) / 2 - 1, within(0.2));
    assertThat(calibrated.weights().get(0).coefficient()).isCloseTo(1.5, within(0.1));
  }

  @Test
  void tooFewExamplesChangeNothing() {
    assertThat(Platt.calibrated(MODEL, List.of())).isSameAs(MODEL);
  }
}
