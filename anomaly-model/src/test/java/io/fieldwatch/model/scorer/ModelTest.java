package io.fieldwatch.model.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fieldwatch.model.feature.FeatureNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final Model MODEL =
      new Model(
          "m-1",
          0.9,
          -2,
          4,
          List.of(
              new Weight("level.surprise", 1, 0.5, 0.5),
              new Weight("strongest.surprise.1", 0, 1, 1),
              new Weight("lasting.short", 0, 1, 0.25)));

  @Test
  void theProbabilityIsThatOfTheLogit() {
    // Given: standardised 2, 3 and 1
    double[] features = features("level.surprise", 2, "strongest.surprise.1", 3);
    features[FeatureNames.indexOf("lasting.short").orElseThrow()] = 1;

    // When
    double probability = MODEL.probability(features);

    // Then
    double logit = -2 + 2 * 0.5 + 3 * 1 + 1 * 0.25;
    assertThat(probability).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-15));
  }

  @Test
  void standardisedFeaturesAreLimited() {
    double atLimit = MODEL.probability(features("level.surprise", 3, "strongest.surprise.1", 4));

    assertThat(MODEL.probability(features("level.surprise", 1e9, "strongest.surprise.1", 1e9)))
        .isEqualTo(atLimit);
    assertThat(MODEL.probability(features("level.surprise", -1e300, "strongest.surprise.1", 0)))
        .isBetween(0.0, 1.0);
  }

  @Test
  void anExplanationNamesTheStatisticsBehindRanksAndAddsUp() {
    // Given
    double[] features = features("level.surprise", 2, "strongest.surprise.1", 2);
    features[FeatureNames.indexOf("lasting.short").orElseThrow()] = 2;

    // When
    List<Model.Contribution> all = MODEL.explain(features, 10);

    // Then
    assertThat(all)
        .containsExactly(
            new Model.Contribution("level", 4 * 0.5 + 2),
            new Model.Contribution("lasting.short", 0.5));
    assertThat(MODEL.explain(features, 1)).hasSize(1);
  }

  @Test
  void thatAWindowIsOneOfADeviceIsNoReason() {
    // Given: a model that scores devices more readily than series
    Model joint = new Model("j", 0.5, 3, 4, List.of(new Weight("q.surprise", 0, 1, 1)));

    // When
    List<Model.Contribution> all =
        MODEL.together(joint).explain(features(FeatureNames.TOGETHER, 1, "q.surprise", 2), 10);

    // Then
    assertThat(all)
        .filteredOn(contribution -> contribution.share() != 0)
        .containsExactly(new Model.Contribution("q", 2));
  }

  @Test
  void aBroadcastModelScoresAlike() throws IOException, ClassNotFoundException {
    // Given
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ObjectOutputStream(out).writeObject(MODEL);

    // When
    Model copy =
        (Model) new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();

    // Then
    double[] features = features("level.surprise", 0.3, "strongest.surprise.1", 2.5);
    assertThat(copy.probability(features)).isEqualTo(MODEL.probability(features));
    assertThat(copy.version()).isEqualTo("m-1");
  }

  @Test
  void whatIsNoModelIsRefused() {
    Weight weight = new Weight("level.surprise", 0, 1, 1);
    assertThatThrownBy(() -> new Model("a/b", 0.5, 0, 4, List.of()))
        .hasMessageContaining("Invalid model version");
    assertThatThrownBy(() -> new Model("m", Double.NaN, 0, 4, List.of()))
        .hasMessage("Invalid threshold NaN: must be from 0 to 1");
    assertThatThrownBy(() -> new Model("m", 0.5, Double.POSITIVE_INFINITY, 4, List.of()))
        .hasMessage("Invalid intercept Infinity: must be finite");
    assertThatThrownBy(() -> new Model("m", 0.5, 0, 0, List.of()))
        .hasMessage("Invalid clip 0.0: must be above 0");
    assertThatThrownBy(() -> new Model("m", 0.5, 0, 4, List.of(weight, weight)))
        .hasMessage("Invalid model: two weights for 'level.surprise'");
    assertThatThrownBy(() -> new Weight("level.surprise", 0, 0, 1))
        .hasMessage("Invalid weight of 'level.surprise': scale is 0.0, must be above 0");
    assertThatThrownBy(() -> MODEL.probability(new double[3]))
        .hasMessageContaining("Invalid features: 3 numbers, expected");
  }

  private static double[] features(String first, double a, String second, double b) {
    double[] features = new double[FeatureNames.all().size()];
    features[FeatureNames.indexOf(first).orElseThrow()] = a;
    features[FeatureNames.indexOf(second).orElseThrow()] = b;
    return features;
  }
}
