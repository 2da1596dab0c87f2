package io.fieldwatch.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwatch.local.process.Launch;
import io.fieldwatch.local.rest.JsonClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of YARN's two servers: the ResourceManager, or a NodeManager on this machine. */
final class YarnNode implements Service {
  static final String RESOURCE_MANAGER = "yarn-resourcemanager";
  static final String NODE_MANAGER = "yarn-nodemanager";

  /** Where YARN's clients find it, below the stack's configuration. */
  private static final String CONF = "yarn";

  private static final Map<String, String> ONE_QUEUE =
      Map.of(
          "yarn.scheduler.capacity.root.queues", "default",
          "yarn.scheduler.capacity.root.default.capacity", "100",
          // Else application masters get a tenth of the memory, which is less than one needs here.
          "yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");

  private static final String MODULE = "deploy/servers/yarn";
  private static final String PACKAGE = "org.apache.hadoop.yarn.server.";

  private final String name;
  private final String mainClass;
  private final Workspace workspace;
  private final JsonClient resourceManager;

  private YarnNode(String name, String mainClass, Workspace workspace) {
    this.name = name;
    this.mainClass = mainClass;
    this.workspace = workspace;
    this.resourceManager = new JsonClient(resourceManagerHttp(workspace));
  }

  static YarnNode resourceManager(Workspace workspace) {
    return new YarnNode(RESOURCE_MANAGER, PACKAGE + "resourcemanager.ResourceManager", workspace);
  }

  static YarnNode nodeManager(Workspace workspace) {
    return new YarnNode(NODE_MANAGER, PACKAGE + "nodemanager.NodeManager", workspace);
  }

  static URI resourceManagerHttp(Workspace workspace) {
    return URI.create("http://127.0.0.1:" + workspace.ports().port("yarn-http"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store(name);
    Path conf = writeConfig(workspace);
    return JavaLaunch.withHeap(256)
        .quickStart()
        // Its injection library makes classes in a way that JDK 17 forbids.
        .options(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"))
        .environment("JAVA_HOME", System.getProperty("java.home"))
        .environment("HADOOP_CONF_DIR", conf.toString())
        .classPath(conf.toString(), workspace.installation().classPath(MODULE))
        .run(store, mainClass);
  }

  /** Writes the configuration of servers and clients and gives its folder. */
  static Path writeConfig(Workspace workspace) throws IOException {
    Path conf = new Hdfs(workspace).writeClientFolder(CONF);
    workspace.data().writeConfig(CONF + "/yarn-site.xml", Hdfs.xml(properties(workspace)));
    workspace.data().writeConfig(CONF + "/capacity-scheduler.xml", Hdfs.xml(ONE_QUEUE));
    workspace.data().writeConfig(CONF + "/log4j.properties", Hdfs.LOGGING);
    return conf;
  }

  private static Map<String, String> properties(Workspace workspace) throws IOException {
    Map<String, String> yarn = new LinkedHashMap<>();
    for (String address : List.of("", "scheduler.", "resource-tracker.", "admin.")) {
      yarn.put(
          "yarn.resourcemanager." + address + "address", address(workspace, "yarn-" + address));
    }
    yarn.put("yarn.resourcemanager.webapp.address", resourceManagerHttp(workspace).getAuthority());
    // How often a driver that dies is started again.
    yarn.put("yarn.resourcemanager.am.max-attempts", "4");
    yarn.put("yarn.nodemanager.address", address(workspace, "yarn-node"));
    yarn.put("yarn.nodemanager.localizer.address", address(workspace, "yarn-localizer"));
    yarn.put("yarn.nodemanager.webapp.address", address(workspace, "yarn-node-http"));
    Path store = workspace.data().store(NODE_MANAGER);
    yarn.put("yarn.nodemanager.local-dirs", store.resolve("local").toString());
    yarn.put("yarn.nodemanager.log-dirs", store.resolve("containers").toString());
    yarn.put("yarn.nodemanager.resource.memory-mb", "8192");
    yarn.put("yarn.nodemanager.resource.cpu-vcores", "8");
    yarn.put("yarn.scheduler.minimum-allocation-mb", "128");
    // A JVM reserves far more addresses than it ever uses.
    yarn.put("yarn.nodemanager.vmem-check-enabled", "false");
    // The disk may be nearly full with what is none of ours.
    yarn.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99");
    yarn.put("yarn.nodemanager.sleep-delay-before-sigkill.ms", "10000");
    return yarn;
  }

  private static String address(Workspace workspace, String port) {
    return "127.0.0.1:" + workspace.ports().port(port);
  }

  /** The ResourceManager answers; and for a NodeManager, counts on it. */
  @Override
  public boolean isReady() throws IOException, InterruptedException {
    JsonNode metrics = resourceManager.get("/ws/v1/cluster/metrics").path("clusterMetrics");
    return metrics.path("activeNodes").asInt() >= (name.equals(NODE_MANAGER) ? 1 : 0);
  }

  @Override
  public String toString() {
    return name;
  }
}
