package io.fieldwatch.local.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final String LINE =
      "window,device=d,sensor=s,site=a,window=10s count=2i,mean=0.1,final=true,unit=\"a \\\"b\\\", c=\" 10000";

  @Test
  void a_point_is_read_with_all_its_fields() {
    LineProtocol.Parsed point = LineProtocol.parse(LINE);

    assertThat(point.id())
        .isEqualTo(
            new PointId(
                "window",
                Map.of("device", "d", "sensor", "s", "site", "a", "window", "10s"),
                10_000));
    assertThat(point.fields())
        .isEqualTo(Map.of("count", 2L, "mean", 0.1, "final", true, "unit", "a \"b\", c="));
  }

  @Test
  void what_is_no_point_is_refused() {
    assertThatThrownBy(() -> LineProtocol.parse("window,device=d count=2i"))
        .hasMessage("Cannot read the point 'window,device=d count=2i'");
  }

  @Test
  void equal_points_do_not_differ() {
    Differences differences = compare(Map.of("p", fields(0.1)), Map.of("p", fields(0.1)));

    assertThat(differences.isNone()).isTrue();
    assertThat(differences.compared()).isEqualTo(1);
  }

  @Test
  void the_last_bit_and_the_sign_of_zero_count() {
    assertThat(compare(Map.of("p", fields(0.1)), Map.of("p", fields(Math.nextUp(0.1)))).named())
        .containsExactly("p: mean is 0.10000000000000002, must be 0.1");
    assertThat(compare(Map.of("p", fields(0.0)), Map.of("p", fields(-0.0))).count()).isEqualTo(1);
  }

  @Test
  void a_missing_point_a_surplus_point_and_a_surplus_field_are_named() {
    Map<String, Object> more = new HashMap<>(fields(1));
    more.put("late", 3L);

    Differences differences =
        compare(Map.of("a", fields(1), "b", fields(1)), Map.of("b", more, "c", fields(1)));

    assertThat(differences.named())
        .containsExactly(
            "missing: a {mean=1.0}", "b: late is 3, must be null", "should not be: c {mean=1.0}");
  }

  @Test
  void no_more_than_twenty_are_named_and_all_are_counted() {
    Map<String, Map<String, Object>> many = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      many.put("p" + i, fields(i));
    }

    Differences differences = compare(many, Map.of());

    assertThat(differences.count()).isEqualTo(100);
    assertThat(differences.named()).hasSize(20);
  }

  @Test
  void a_window_is_known_by_its_tag() {
    assertThat(WindowShape.parse("1m")).isEqualTo(new WindowShape("1m", 60_000, 60_000));
    assertThat(WindowShape.parse("5m/1m")).isEqualTo(new WindowShape("5m/1m", 300_000, 60_000));
    assertThat(WindowShape.parse("20s/10s").lastStart(39_999)).isEqualTo(30_000);
    assertThatThrownBy(() -> WindowShape.parse("soon")).hasMessage("Cannot read the window 'soon'");
  }

  private static Map<String, Object> fields(double mean) {
    return Map.of("mean", mean);
  }

  private static Differences compare(
      Map<String, Map<String, Object>> expected, Map<String, Map<String, Object>> found) {
    return Differences.between(expected, found, Object::equals);
  }
}
