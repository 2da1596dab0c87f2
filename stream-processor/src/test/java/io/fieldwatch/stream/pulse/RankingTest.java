package io.fieldwatch.stream.pulse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void names_the_best_first_and_equals_by_name() {
    // Given
    Ranking ranking = new Ranking(3);

    // When
    ranking.add("lab/d", 2);
    ranking.add("lab/c", 7);
    ranking.add("lab/b", 2);
    ranking.add("lab/a", 1);

    // Then
    assertThat(ranking.leaders())
        .containsExactly(new Leader("lab/c", 7), new Leader("lab/b", 2), new Leader("lab/d", 2));
  }

  @Test
  void gives_no_place_to_devices_without_anomalies() {
    // Given
    Ranking ranking = new Ranking(3);

    // When
    ranking.add("lab/quiet", 0);

    // Then
    assertThat(ranking.leaders()).isEmpty();
  }

  @Test
  void is_the_head_of_a_full_sort_in_whatever_order_devices_come() {
    // Given
    Random random = new Random(1);
    List<Leader> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(new Leader("lab/" + i, 1 + random.nextInt(20)));
    }
    List<Leader> sorted =
        all.stream()
            .sorted(
                Comparator.comparing(Leader::anomalies, Comparator.reverseOrder())
                    .thenComparing(Leader::device))
            .toList();
    Collections.shuffle(all, random);
    Ranking ranking = new Ranking(25);

    // When
    all.forEach(leader -> ranking.add(leader.device(), leader.anomalies()));

    // Then
    assertThat(ranking.leaders()).isEqualTo(sorted.subList(0, 25));
  }

  @Test
  void refuses_to_have_no_place() {
    assertThatThrownBy(() -> new Ranking(0)).hasMessage("Invalid ranking: 0 places");
  }
}
