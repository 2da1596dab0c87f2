package io.fieldwatch.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureNamesTest {
  @Test
  void everyFeatureHasOneNameAndOnePlace() {
    assertThat(FeatureNames.all()).doesNotHaveDuplicates().hasSize(FeatureVector.LENGTH);
    for (int i = 0; i < FeatureNames.all().size(); i++) {
      assertThat(FeatureNames.indexOf(FeatureNames.all().get(i))).contains(i);
    }
    assertThat(FeatureNames.indexOf("no-such-feature")).isEmpty();
  }

  @Test
  void aSortedFeatureSpeaksOfTheStatisticThatHoldsItsRank() {
    // Given
    FeatureVector vector = new FeatureVector();
    vector.put(Statistic.SPREAD, 3, 0.2, 0);
    vector.put(Statistic.LEVEL, 1, 0.9, 0);
    vector.rank();
    double[] features = vector.weighted(1);

    // Then
    assertThat(behind("strongest.surprise.1", features)).isEqualTo("spread");
    assertThat(behind("strongest.surprise.2", features)).isEqualTo("level");
    assertThat(behind("strongest.tail.1", features)).isEqualTo("level");
    assertThat(behind("jump.record", features)).isEqualTo("jump");
    assertThat(behind("lasting.short", features)).isEqualTo("none");
    assertThat(features[FeatureNames.indexOf("strongest.surprise.2").orElseThrow()]).isEqualTo(1);
  }

  private static String behind(String name, double[] features) {
    return FeatureNames.statisticBehind(FeatureNames.indexOf(name).orElseThrow(), features)
        .orElse("none");
  }
}
