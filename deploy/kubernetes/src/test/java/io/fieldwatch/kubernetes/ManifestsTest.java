package io.fieldwatch.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests against the schemas that Kubernetes publishes of its objects. */
class ManifestsTest {
  private static final Path COMMITTED = Path.of("fieldwatch.yaml");

  private interface Schema {
    void check(JsonObject object) throws IOException;
  }

  /** Each refuses unknown keys, missing ones, and values of another type. */
  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "v1/Namespace", V1Namespace::validateJsonObject,
          "v1/ServiceAccount", V1ServiceAccount::validateJsonObject,
          "rbac.authorization.k8s.io/v1/Role", V1Role::validateJsonObject,
          "rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding::validateJsonObject,
          "v1/ConfigMap", V1ConfigMap::validateJsonObject,
          "v1/Service", V1Service::validateJsonObject,
          "apps/v1/Deployment", V1Deployment::validateJsonObject,
          "v1/Pod", V1Pod::validateJsonObject);

  @Test
  void every_object_keeps_to_its_schema() throws IOException {
    List<JsonObject> objects = objects(Manifests.yaml(Site.EXAMPLE));

    assertThat(objects).hasSize(7);
    for (JsonObject object : objects) {
      check(object);
    }
  }

  @Test
  void the_pod_template_of_the_executors_keeps_to_its_schema() throws IOException {
    String template =
        objects(Manifests.yaml(Site.EXAMPLE)).stream()
            .filter(object -> object.get("kind").getAsString().equals("ConfigMap"))
            .map(object -> object.getAsJsonObject("data").get("executor-pod.yaml").getAsString())
            .findAny()
            .orElseThrow();

    for (JsonObject pod : objects(template)) {
      check(pod);
    }
  }

  @Test
  void a_misspelt_key_is_no_kubernetes() throws IOException {
    String wrong = Manifests.yaml(Site.EXAMPLE).replace("volumeMounts:", "volumeMount:");

    assertThatThrownBy(
            () -> {
              for (JsonObject object : objects(wrong)) {
                check(object);
              }
            })
        .hasMessageContaining("volumeMount");
  }

  @Test
  void the_committed_file_is_what_is_generated() throws IOException {
    String generated = Manifests.yaml(Site.EXAMPLE);
    if (Boolean.getBoolean("manifests.write")) {
      Files.writeString(COMMITTED, generated);
    }

    assertThat(COMMITTED).hasContent(generated);
  }

  @Test
  void a_site_is_checked() {
    assertThatThrownBy(() -> new Site("Field_Watch", "image", 1, "k:1", "http://i", "hdfs://h"))
        .hasMessageContaining("Cannot use namespace 'Field_Watch'");
    assertThatThrownBy(() -> new Site("fieldwatch", "image", 0, "k:1", "http://i", "hdfs://h"))
        .hasMessageContaining("Cannot use 0 executors");
  }

  private static void check(JsonObject object) throws IOException {
    String type = object.get("apiVersion").getAsString() + "/" + object.get("kind").getAsString();
    assertThat(SCHEMAS).as("schemas by type").containsKey(type);
    requireNonNull(SCHEMAS.get(type)).check(object);
  }

  private static List<JsonObject> objects(String yaml) throws JsonProcessingException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object tree : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      objects.add(
          JsonParser.parseString(new ObjectMapper().writeValueAsString(tree)).getAsJsonObject());
    }
    return objects;
  }
}
