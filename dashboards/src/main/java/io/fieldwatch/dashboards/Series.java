package io.fieldwatch.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One series of InfluxDB's answer.
 *
 * @param tags the tags it was grouped by
 * @param columns its columns in their order, {@code time} among them
 * @param rows its values, each as long as {@code columns}; time in milliseconds since the epoch
 */
public record Series(
    String name, Map<String, String> tags, List<String> columns, List<List<JsonNode>> rows) {

  public Series {
    tags = Map.copyOf(tags);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (List<JsonNode> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "Cannot hold a row of " + row.size() + " values for the columns " + columns);
      }
    }
  }

  /** The columns that hold values: all but time. */
  List<String> fields() {
    return columns.stream().filter(column -> !column.equals("time")).toList();
  }

  /** The values of a column that are not null; none if there is no such column. */
  public List<JsonNode> values(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      return List.of();
    }
    return rows.stream().map(row -> row.get(index)).filter(value -> !value.isNull()).toList();
  }
}
