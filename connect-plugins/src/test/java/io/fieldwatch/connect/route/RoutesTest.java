package io.fieldwatch.connect.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.topic.TopicFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesTest {
  @Test
  void aMessageGoesWhereItsRouteSays() {
    // Given
    Routes routes = Routes.parse(List.of("a/+/x=kafka.x", " a/=b/y = kafka.y "));

    // Then
    assertThat(routes.destination("a/1/x")).contains("kafka.x");
    assertThat(routes.destination("a/=b/y")).contains("kafka.y");
    assertThat(routes.destination("a/1/z")).isEmpty();
  }

  @Test
  void filtersAreDealtToTasksWithoutDividingOne() {
    // Given
    Routes routes = Routes.parse(List.of("a=k", "b=k", "c=k"));

    // Then
    assertThat(routes.deal(2)).containsExactly(filters("a", "c"), filters("b"));
    assertThat(routes.deal(1)).containsExactly(filters("a", "b", "c"));
    assertThat(routes.deal(9)).hasSize(3);
  }

  @Test
  void twoRoutesForOneTopicAreRefused() {
    assertThatThrownBy(() -> Routes.parse(List.of("a/+=k", "a/b=l")))
        .hasMessage("Invalid routes: 'a/+' and 'a/b' match the same topics");
  }

  @Test
  void malformedRoutesAreRefused() {
    assertThatThrownBy(() -> Routes.parse(List.of()))
        .hasMessage("Invalid routes: at least one is needed");
    assertThatThrownBy(() -> Routes.parse(List.of("a/b")))
        .hasMessage("Invalid route 'a/b': expected filter=kafka.topic");
    assertThatThrownBy(() -> Routes.parse(List.of("a/b=no spaces")))
        .hasMessage("Invalid Kafka topic 'no spaces': expected [A-Za-z0-9._-]{1,249}");
  }

  private static List<TopicFilter> filters(String... texts) {
    return List.of(texts).stream().map(TopicFilter::new).toList();
  }
}
