package io.fieldwatch.model.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.feature.FeatureVector.View;
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
    vector.put(View.SURPRISE, Statistic.SPREAD_12.ordinal(), 3);
    vector.put(View.SURPRISE, Statistic.LEVEL.ordinal(), 1);
    vector.put(View.SURPRISE, Statistic.HIGHEST.ordinal(), 2);
    vector.put(View.TAIL, Statistic.SPREAD_12.ordinal(), 0.2);
    vector.put(View.TAIL, Statistic.LEVEL.ordinal(), 0.9);
    vector.rank();
    double[] features = vector.weighted(1);

    // Then
    assertThat(behind("strongest.surprise.1", features)).isEqualTo("spread-12");
    assertThat(behind("strongest.surprise.2", features)).isEqualTo("highest");
    assertThat(behind("strongest.tail.1", features)).isEqualTo("level");
    assertThat(behind("jump-4.record", features)).isEqualTo("jump-4");
    assertThat(behind("lasting.short", features)).isEqualTo("none");
    assertThat(features[FeatureNames.indexOf("strongest.surprise.2").orElseThrow()]).isEqualTo(2);
    assertThat(features[FeatureNames.indexOf("strongest.surprise.3").orElseThrow()])
        .as("level and highest are one aspect")
        .isZero();
  }

  @Test
  void whatCameInLaterSpeaksInForemostAndNotInStrongest() {
    // Given
    FeatureVector vector = new FeatureVector();
    vector.put(View.RECORD, Statistic.LEVEL.ordinal(), 1);
    vector.put(View.RECORD, Statistic.ABOVE.ordinal(), 2);
    vector.put(View.RECORD, Statistic.BELOW.ordinal(), 1.5);
    vector.rank();
    double[] features = vector.weighted(1);

    // Then
    assertThat(behind("strongest.record.1", features)).isEqualTo("level");
    assertThat(behind("foremost.record.1", features)).isEqualTo("above");
    assertThat(behind("foremost.record.2", features)).as("one aspect").isEqualTo("level");
    assertThat(behind("every.record", features)).isEqualTo("none");
    assertThat(features[FeatureNames.indexOf("foremost.record.1").orElseThrow()]).isEqualTo(2);
    assertThat(features[FeatureNames.indexOf("strongest.record.1").orElseThrow()]).isEqualTo(1);
    assertThat(features[FeatureNames.indexOf("strongest.record.2").orElseThrow()]).isZero();
  }

  private static String behind(String name, double[] features) {
    return FeatureNames.statisticBehind(FeatureNames.indexOf(name).orElseThrow(), features)
        .orElse("none");
  }
}
