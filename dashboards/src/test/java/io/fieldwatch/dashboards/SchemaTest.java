package io.fieldwatch.dashboards;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| (.+?) \\| (.+?) \\| .+ \\| .+ \\|");

  @Test
  void everyNameThatDashboardsMayUseIsInTheContract() throws Exception {
    // Given
    String contract = Files.readString(Path.of("../docs/reference/contracts.md"));
    String section =
        contract.substring(contract.indexOf("## InfluxDB"), contract.indexOf("## HDFS"));

    // When
    Map<String, Schema.Measurement> written = new HashMap<>();
    Matcher rows = ROW.matcher(section);
    while (rows.find()) {
      Set<String> tags = names(rows.group(2).replaceAll("\\(.*?\\)", ""), "(\\w+)");
      Set<String> fields = names(rows.group(3), "(\\w+)\\([ifsb]");
      written.put(rows.group(1), new Schema.Measurement(rows.group(1), tags, fields));
    }

    // Then
    assertThat(Schema.MEASUREMENTS)
        .allSatisfy(
            (name, known) -> {
              assertThat(written).containsKey(name);
              Schema.Measurement agreed = requireNonNull(written.get(name));
              assertThat(agreed.tags()).isEqualTo(known.tags());
              assertThat(agreed.fields()).containsAll(known.fields());
            });
  }

  private static Set<String> names(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }
}
