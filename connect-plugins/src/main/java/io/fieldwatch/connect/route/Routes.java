package io.fieldwatch.connect.route;

import io.fieldwatch.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Routes of which no two match the same topic, so that a message has at most one destination. */
public record Routes(List<Route> list) {
  public Routes {
    list = List.copyOf(list);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("Invalid routes: at least one is needed");
    }
    refuseOverlaps(list);
  }

  /**
   * Parses texts of the form {@code filter=kafka.topic}.
   *
   * @throws IllegalArgumentException if one has another form, or two overlap
   */
  public static Routes parse(List<String> texts) {
    return new Routes(texts.stream().map(Route::parse).toList());
  }

  /** The Kafka topic of an MQTT topic's messages; empty if no route takes them. */
  public Optional<String> destination(String mqttTopic) {
    for (Route route : list) {
      if (route.filter().matches(mqttTopic)) {
        return Optional.of(route.kafkaTopic());
      }
    }
    return Optional.empty();
  }

  /** The filters of all routes, in their order. */
  public List<TopicFilter> filters() {
    return list.stream().map(Route::filter).toList();
  }

  /**
   * Deals the filters out like cards. A filter is never divided, so one task sees all messages of a
   * device's topic and keeps their order.
   *
   * @param maxHands at least 1
   * @return at most that many lists, none of them empty
   */
  public List<List<TopicFilter>> deal(int maxHands) {
    List<List<TopicFilter>> hands = new ArrayList<>();
    for (int i = 0; i < Math.min(maxHands, list.size()); i++) {
      hands.add(new ArrayList<>());
    }
    for (int i = 0; i < list.size(); i++) {
      hands.get(i % hands.size()).add(list.get(i).filter());
    }
    return hands;
  }

  private static void refuseOverlaps(List<Route> list) {
    for (int i = 0; i < list.size(); i++) {
      for (int j = i + 1; j < list.size(); j++) {
        TopicFilter a = list.get(i).filter();
        TopicFilter b = list.get(j).filter();
        if (a.overlaps(b)) {
          throw new IllegalArgumentException(
              "Invalid routes: '%s' and '%s' match the same topics".formatted(a, b));
        }
      }
    }
  }
}
