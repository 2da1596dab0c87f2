package io.fieldwatch.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The objects that run the stream job on Kubernetes: a Deployment of one pod with Spark's driver,
 * which asks for its executor pods itself, and what those need.
 *
 * <p>Kubernetes starts a driver that ended again. Should it ever run two for a moment, the batch
 * ledger ends the older one; {@code Recreate} only spares it the try.
 */
public final class Manifests {
  private static final String DRIVER = "fieldwatch-stream";
  private static final String CONFIG = "fieldwatch-stream-config";
  private static final String INFLUX_SECRET = "fieldwatch-influxdb";
  private static final String CONFIG_FOLDER = "/etc/fieldwatch";
  private static final String SECRET_FOLDER = "/etc/fieldwatch-secrets";
  private static final String JOB_JARS = "/opt/fieldwatch/jars/*";
  private static final int DRIVER_PORT = 7078;
  private static final int BLOCK_PORT = 7079;
  private static final int UI_PORT = 4040;

  /** The user of Spark's own images. */
  private static final int SPARK_USER = 185;

  /** The job needs up to a minute to end its batch and write everything out. */
  private static final int STOP_SECONDS = 100;

  private final Site site;

  private Manifests(Site site) {
    this.site = site;
  }

  /** All objects as one YAML file, in the order in which they are to be made. */
  public static String yaml(Site site) {
    Manifests manifests = new Manifests(site);
    return manifests.dump(
        List.of(
            manifests.namespace(),
            manifests.serviceAccount(),
            manifests.role(),
            manifests.roleBinding(),
            manifests.config(),
            manifests.service(),
            manifests.deployment()));
  }

  private String dump(List<Map<String, Object>> objects) {
    Dump dump =
        new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .build());
    return """
        # Generated: ./fieldwatch cluster manifests. Before it is applied, the password is to be there:
        #   kubectl -n %s create secret generic %s --from-file=password=FILE
        """
            .formatted(site.namespace(), INFLUX_SECRET)
        + dump.dumpAllToString(objects.iterator());
  }

  private Map<String, Object> namespace() {
    return map("apiVersion", "v1", "kind", "Namespace", "metadata", map("name", site.namespace()));
  }

  private Map<String, Object> serviceAccount() {
    return object("v1", "ServiceAccount", DRIVER);
  }

  /** What Spark's driver does to its executors' pods, and looks for when it clears up. */
  private Map<String, Object> role() {
    Map<String, Object> role = object("rbac.authorization.k8s.io/v1", "Role", DRIVER);
    role.put(
        "rules",
        List.of(
            map(
                "apiGroups",
                List.of(""),
                "resources",
                List.of("pods", "services", "configmaps", "persistentvolumeclaims"),
                "verbs",
                List.of(
                    "create", "get", "list", "watch", "update", "delete", "deletecollection"))));
    return role;
  }

  private Map<String, Object> roleBinding() {
    Map<String, Object> binding = object("rbac.authorization.k8s.io/v1", "RoleBinding", DRIVER);
    binding.put(
        "roleRef", map("apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", DRIVER));
    binding.put(
        "subjects",
        List.of(map("kind", "ServiceAccount", "name", DRIVER, "namespace", site.namespace())));
    return binding;
  }

  private Map<String, Object> config() {
    Map<String, Object> config = object("v1", "ConfigMap", CONFIG);
    config.put("data", map("stream.yaml", streamConfig(), "executor-pod.yaml", executorPod()));
    return config;
  }

  private String streamConfig() {
    return """
        kafka:
          bootstrapServers: %s
        influxdb:
          url: %s
          database: fieldwatch
          retentionPolicy: main
          username: fieldwatch
          passwordFile: %s/password
        hdfs:
          uri: %s
        spark:
          master: k8s://https://kubernetes.default.svc
        """
        .formatted(site.kafka(), site.influxDb(), SECRET_FOLDER, site.hdfs());
  }

  /** Spark fills in the rest; the container's name is the one it looks for. */
  private String executorPod() {
    Map<String, Object> container =
        map(
            "name",
            "spark-kubernetes-executor",
            "securityContext",
            containerSecurity(),
            "volumeMounts",
            List.of(mount("secrets", SECRET_FOLDER)));
    Map<String, Object> pod =
        map(
            "apiVersion",
            "v1",
            "kind",
            "Pod",
            "spec",
            map(
                "securityContext",
                podSecurity(),
                "containers",
                List.of(container),
                "volumes",
                List.of(secretVolume())));
    return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
        .dumpToString(pod);
  }

  /** Without an address of its own: executors ask for the driver's pod by name. */
  private Map<String, Object> service() {
    Map<String, Object> service = object("v1", "Service", DRIVER);
    service.put(
        "spec",
        map(
            "clusterIP",
            "None",
            "selector",
            labels(),
            "ports",
            List.of(
                map("name", "driver", "port", DRIVER_PORT),
                map("name", "blocks", "port", BLOCK_PORT),
                map("name", "ui", "port", UI_PORT))));
    return service;
  }

  private Map<String, Object> deployment() {
    Map<String, Object> deployment = object("apps/v1", "Deployment", DRIVER);
    deployment.put(
        "spec",
        map(
            "replicas",
            1,
            "strategy",
            map("type", "Recreate"),
            "selector",
            map("matchLabels", labels()),
            "template",
            map("metadata", map("labels", labels()), "spec", driverPod())));
    return deployment;
  }

  private Map<String, Object> driverPod() {
    return map(
        "serviceAccountName",
        DRIVER,
        "terminationGracePeriodSeconds",
        STOP_SECONDS,
        "securityContext",
        podSecurity(),
        "containers",
        List.of(driver()),
        "volumes",
        List.of(
            map("name", "config", "configMap", map("name", CONFIG)),
            secretVolume(),
            map("name", "work", "emptyDir", map())));
  }

  private Map<String, Object> driver() {
    return map(
        "name",
        "driver",
        "image",
        site.image(),
        "command",
        List.of("/opt/spark/bin/spark-submit"),
        "args",
        arguments(),
        "env",
        List.of(
            map(
                "name",
                "POD_NAME",
                "valueFrom",
                map("fieldRef", map("fieldPath", "metadata.name")))),
        "ports",
        List.of(
            map("name", "driver", "containerPort", DRIVER_PORT),
            map("name", "blocks", "containerPort", BLOCK_PORT),
            map("name", "ui", "containerPort", UI_PORT)),
        "resources",
        map("requests", map("cpu", "1", "memory", "2Gi"), "limits", map("memory", "2Gi")),
        "securityContext",
        containerSecurity(),
        "volumeMounts",
        List.of(
            mount("config", CONFIG_FOLDER),
            mount("secrets", SECRET_FOLDER),
            map("name", "work", "mountPath", "/tmp")));
  }

  private List<String> arguments() {
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("spark.app.name", DRIVER);
    conf.put("spark.kubernetes.namespace", site.namespace());
    conf.put("spark.kubernetes.container.image", site.image());
    conf.put("spark.kubernetes.executor.podTemplateFile", CONFIG_FOLDER + "/executor-pod.yaml");
    // Executors belong to the driver's pod and go with it.
    conf.put("spark.kubernetes.driver.pod.name", "$(POD_NAME)");
    conf.put("spark.driver.host", DRIVER + "." + site.namespace() + ".svc");
    conf.put("spark.driver.bindAddress", "0.0.0.0");
    conf.put("spark.driver.port", DRIVER_PORT);
    conf.put("spark.driver.blockManager.port", BLOCK_PORT);
    conf.put("spark.driver.memory", "1g");
    conf.put("spark.executor.instances", site.executors());
    conf.put("spark.executor.cores", 2);
    conf.put("spark.executor.memory", "4g");
    // As io.fieldwatch.local.stack.SparkOptions says of a JVM that holds state.
    conf.put("spark.executor.extraJavaOptions", "-XX:+UseTransparentHugePages");
    // Before Spark's own, which has an okhttp too old for InfluxDB's client.
    conf.put("spark.driver.extraClassPath", JOB_JARS);
    conf.put("spark.executor.extraClassPath", JOB_JARS);
    conf.put("spark.ui.enabled", true);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--master",
                "k8s://https://kubernetes.default.svc",
                "--deploy-mode",
                "client",
                "--class",
                "io.fieldwatch.stream.StreamJob"));
    conf.forEach(
        (key, value) -> {
          arguments.add("--conf");
          arguments.add(key + "=" + value);
        });
    arguments.addAll(
        List.of(
            "local:///opt/fieldwatch/fieldwatch-stream-processor.jar",
            "--config",
            CONFIG_FOLDER + "/stream.yaml"));
    return arguments;
  }

  private static Map<String, Object> podSecurity() {
    return map(
        "runAsNonRoot",
        true,
        "runAsUser",
        SPARK_USER,
        "fsGroup",
        SPARK_USER,
        "seccompProfile",
        map("type", "RuntimeDefault"));
  }

  private static Map<String, Object> containerSecurity() {
    return map("allowPrivilegeEscalation", false, "capabilities", map("drop", List.of("ALL")));
  }

  private static Map<String, Object> secretVolume() {
    return map("name", "secrets", "secret", map("secretName", INFLUX_SECRET));
  }

  private static Map<String, Object> mount(String volume, String path) {
    return map("name", volume, "mountPath", path, "readOnly", true);
  }

  private Map<String, Object> object(String apiVersion, String kind, String name) {
    return map(
        "apiVersion",
        apiVersion,
        "kind",
        kind,
        "metadata",
        map("name", name, "namespace", site.namespace(), "labels", labels()));
  }

  private static Map<String, Object> labels() {
    return map("app.kubernetes.io/name", DRIVER, "app.kubernetes.io/part-of", "fieldwatch");
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
