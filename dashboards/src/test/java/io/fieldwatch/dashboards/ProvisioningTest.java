package io.fieldwatch.dashboards;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ProvisioningTest {

  private static final Path PROVISIONING = Path.of("grafana/provisioning");

  @Test
  void theDataSourceIsReadByOldAndNewGrafana() throws IOException {
    // When
    Map<String, Object> source = only("datasources/fieldwatch.yaml", "datasources");

    // Then
    assertThat(source)
        .containsOnlyKeys(
            "name",
            "uid",
            "type",
            "access",
            "url",
            "database",
            "user",
            "jsonData",
            "secureJsonData",
            "editable")
        .containsEntry("uid", "fieldwatch-influxdb")
        .containsEntry("type", "influxdb")
        .containsEntry("access", "proxy")
        .containsEntry("url", "$FIELDWATCH_INFLUXDB_URL")
        .containsEntry("database", "fieldwatch")
        .containsEntry("editable", false)
        .containsEntry(
            "jsonData", Map.of("dbName", "fieldwatch", "httpMode", "POST", "timeInterval", "10s"))
        .containsEntry("secureJsonData", Map.of("password", "$FIELDWATCH_INFLUXDB_PASSWORD"));
  }

  @Test
  void everyDashboardFindsTheDataSourceByItsName() throws IOException {
    // Given
    Object name = only("datasources/fieldwatch.yaml", "datasources").get("name");

    // When
    List<String> regexes =
        Dashboard.shipped().stream()
            .map(d -> d.variable("datasource").orElseThrow().path("regex").asText())
            .toList();

    // Then
    assertThat(regexes)
        .hasSize(3)
        .allSatisfy(
            regex ->
                assertThat(
                        Pattern.compile(regex.substring(1, regex.length() - 1)).matcher(name + ""))
                    .matches(matcher -> matcher.find(), "finds '" + name + "'"));
  }

  @Test
  void theProviderReadsFilesThatPagesCannotChange() throws IOException {
    // When
    Map<String, Object> provider = only("dashboards/fieldwatch.yaml", "providers");

    // Then
    assertThat(provider)
        .containsOnlyKeys(
            "name",
            "orgId",
            "folder",
            "folderUid",
            "type",
            "disableDeletion",
            "allowUiUpdates",
            "updateIntervalSeconds",
            "options")
        .containsEntry("type", "file")
        .containsEntry("disableDeletion", true)
        .containsEntry("allowUiUpdates", false)
        .containsEntry("options", Map.of("path", "$FIELDWATCH_DASHBOARDS"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> only(String file, String list) throws IOException {
    Load yaml = new Load(LoadSettings.builder().build());
    var root =
        (Map<String, Object>) yaml.loadFromString(Files.readString(PROVISIONING.resolve(file)));
    assertThat(root).containsOnlyKeys("apiVersion", list).containsEntry("apiVersion", 1);
    var entries = (List<Map<String, Object>>) requireNonNull(root.get(list));
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }
}
