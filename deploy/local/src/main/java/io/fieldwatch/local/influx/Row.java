package io.fieldwatch.local.influx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One row of an answer.
 *
 * @param tags by name, those the statement grouped by
 * @param fields columns by name, {@code time} among them; nulls are left out
 */
public record Row(String series, Map<String, String> tags, Map<String, JsonNode> fields) {
  public Row {
    tags = Map.copyOf(tags);
    fields = Map.copyOf(fields);
  }

  /** An integer column; 0 where the row has none, as a counter that never moved. */
  public long count(String column) {
    JsonNode value = fields.get(column);
    return value == null ? 0 : value.asLong();
  }

  public OptionalDouble number(String column) {
    JsonNode value = fields.get(column);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
  }

  public Optional<String> text(String column) {
    return Optional.ofNullable(fields.get(column)).map(JsonNode::asText);
  }

  /** A tag's value; the empty text where the statement did not group by it. */
  public String tag(String name) {
    return tags.getOrDefault(name, "");
  }
}
