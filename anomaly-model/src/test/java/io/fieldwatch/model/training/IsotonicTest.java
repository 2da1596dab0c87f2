package io.fieldwatch.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.feature.FeatureNames;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class IsotonicTest {
  private static final Model MODEL =
      new Model("m", 0.5, 1, 4, List.of(new Weight("level.surprise", 0, 1, 3)));

  @Test
  void probabilitiesComeToMeanWhatTheySayOnOtherExamples() {
    // Given: a share of faults that is the same for all low logits, which no logistic curve can say
    DoubleUnaryOperator truth = logit -> logit < 0 ? 0.2 : Math.min(0.95, 0.2 + logit / 4);
    List<Bag> held = examples(truth, 6000, 2);
    List<Bag> others = examples(truth, 6000, 3);

    // When
    Model calibrated = Isotonic.calibrated(MODEL, held);

    // Then
    assertThat(error(MODEL, others)).isGreaterThan(0.1);
    assertThat(error(calibrated, others)).isLessThan(0.02);
  }

  @Test
  void theOrderOfWindowsStays() {
    // Given: examples that would have the order turned round
    List<Bag> examples = examples(logit -> 1 / (1 + Math.exp(logit)), 2000, 4);

    // When
    Model calibrated = Isotonic.calibrated(MODEL, examples);

    // Then
    List<Bag> sorted = new ArrayList<>(examples);
    sorted.sort(Comparator.comparingDouble(b -> MODEL.logit(b.features())));
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(calibrated.probability(sorted.get(i).features()))
          .isGreaterThanOrEqualTo(calibrated.probability(sorted.get(i - 1).features()));
    }
    assertThat(calibrated.probability(sorted.get(1999).features()))
        .isGreaterThan(calibrated.probability(sorted.get(0).features()));
  }

  @Test
  void nothingIsEverCertain() {
    Model calibrated = Isotonic.calibrated(MODEL, examples(logit -> logit < 0 ? 0 : 1, 2000, 5));

    assertThat(calibrated.calibration().knots())
        .isNotEmpty()
        .allSatisfy(knot -> assertThat(knot.calibrated()).isBetween(-10.0, 10.0));
  }

  @Test
  void tooFewExamplesChangeNothing() {
    assertThat(Isotonic.calibrated(MODEL, List.of())).isSameAs(MODEL);
  }

  private static List<Bag> examples(DoubleUnaryOperator truth, int count, long seed) {
    Random random = new Random(seed);
    List<Bag> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] features = new double[FeatureNames.all().size()];
      features[FeatureNames.indexOf("level.surprise").orElseThrow()] = random.nextGaussian();
      double share = truth.applyAsDouble(MODEL.logit(features));
      examples.add(new Bag("s", i, random.nextDouble() < share ? 1 : 0, 0, features));
    }
    return examples;
  }

  private static double error(Model model, List<Bag> examples) {
    return Judgement.of(
            examples.stream().mapToDouble(b -> model.probability(b.features())).toArray(),
            examples.stream().mapToDouble(Bag::label).toArray())
        .calibrationError();
  }
}
