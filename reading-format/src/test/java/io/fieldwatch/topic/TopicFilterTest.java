package io.fieldwatch.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true",
    "a/b, a/c, false",
    "a/b, a/b/c, false",
    "a/b/c, a/b, false",
    "a/+, a/b, true",
    "a/+, a/, true",
    "a/+, a, false",
    "a/+, a/b/c, false",
    "+/b, a/b, true",
    "+, a, true",
    "+, /a, false",
    "/+, /a, true",
    "#, a/b/c, true",
    "a/#, a, true",
    "a/#, a/b/c, true",
    "a/#, ab, false",
    "a/+/#, a, false",
    "a/+/#, a/b, true",
    "a.c/d, abc/d, false",
    "#, $SYS/uptime, false",
    "+/uptime, $SYS/uptime, false",
    "$SYS/#, $SYS/uptime, true",
    "fieldwatch/+/+/telemetry, fieldwatch/plant-1/pump-7/telemetry, true",
    "fieldwatch/+/+/telemetry, fieldwatch/plant-1/pump-7/status, false",
  })
  void aFilterMatchesAsMqttSays(String filter, String topic, boolean expected) {
    assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true",
    "a/b, a/c, false",
    "a/+, +/b, true",
    "a/#, a/b/c, true",
    "a/#, a, true",
    "a/+, a, false",
    "a/+/c, a/b/#, true",
    "a/+/c, b/#, false",
    "fieldwatch/+/+/telemetry, fieldwatch/+/+/status, false",
  })
  void filtersOverlapWhenOneTopicMatchesBoth(String a, String b, boolean expected) {
    assertThat(new TopicFilter(a).overlaps(new TopicFilter(b))).isEqualTo(expected);
    assertThat(new TopicFilter(b).overlaps(new TopicFilter(a))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/#/b", "a#", "a/b+", "+a", "$share/g/a"})
  void aMalformedFilterIsRefused(String text) {
    assertThatThrownBy(() -> new TopicFilter(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid topic filter '" + text + "': ");
  }
}
