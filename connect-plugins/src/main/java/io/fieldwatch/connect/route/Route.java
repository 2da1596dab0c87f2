package io.fieldwatch.connect.route;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.topic.TopicFilter;

/** Where the messages of a topic filter go. Written as {@code filter=kafka.topic}. */
public record Route(TopicFilter filter, String kafkaTopic) {
  private static final int MAX_TOPIC_CHARS = 249;

  public Route {
    requireNonNull(filter, "filter is null");
    requireNonNull(kafkaTopic, "kafkaTopic is null");
    requireKafkaTopic(kafkaTopic);
  }

  /**
   * Parses {@code filter=kafka.topic}. MQTT filters may contain {@code =}; Kafka topics cannot, so
   * the last one divides.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Route parse(String text) {
    int divider = text.lastIndexOf('=');
    if (divider < 0) {
      throw new IllegalArgumentException(
          "Invalid route '" + text + "': expected filter=kafka.topic");
    }
    return new Route(
        new TopicFilter(text.substring(0, divider).strip()), text.substring(divider + 1).strip());
  }

  /**
   * Refuses what Kafka refuses as a topic's name.
   *
   * @throws IllegalArgumentException if the name is not allowed
   */
  public static void requireKafkaTopic(String name) {
    boolean allowed =
        name.matches("[A-Za-z0-9._-]{1," + MAX_TOPIC_CHARS + "}")
            && !name.equals(".")
            && !name.equals("..");
    if (!allowed) {
      throw new IllegalArgumentException(
          "Invalid Kafka topic '" + name + "': expected [A-Za-z0-9._-]{1,249}");
    }
  }

  @Override
  public String toString() {
    return filter + "=" + kafkaTopic;
  }
}
