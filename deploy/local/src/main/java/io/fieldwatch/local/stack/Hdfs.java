package io.fieldwatch.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.local.rest.JsonClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What NameNode, DataNode and their clients share: configuration, class path, the state. */
final class Hdfs {
  private static final String MODULE = "deploy/servers/hdfs";
  private static final String NAME_NODE_INFO = "/jmx?qry=Hadoop:service=NameNode,name=NameNodeInfo";

  private final Workspace workspace;
  private final JsonClient nameNode;

  Hdfs(Workspace workspace) {
    this.workspace = workspace;
    this.nameNode = new JsonClient(workspace.endpoints().nameNodeHttp());
  }

  /**
   * Writes what clients need on their class path: one node, so one copy of a block. A jar, and left
   * alone where it would be the same, because the JVM's archives of classes know no folders and no
   * jars that were touched.
   */
  Path writeClientConfig() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      addEntry(jar, "core-site.xml", xml(core()));
      addEntry(jar, "hdfs-site.xml", xml(client()));
    }
    Path file = workspace.data().config("hdfs-client.jar");
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes.toByteArray())) {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.toByteArray());
    }
    return file;
  }

  /** As {@link #writeClientConfig()}, as a folder, which is what HADOOP_CONF_DIR has to name. */
  Path writeClientFolder(String name) throws IOException {
    writeConfig(name + "/core-site.xml", core());
    writeConfig(name + "/hdfs-site.xml", client());
    return workspace.data().config(name);
  }

  private static Map<String, String> client() {
    Map<String, String> hdfs = new LinkedHashMap<>();
    hdfs.put("dfs.replication", "1");
    // There is no other DataNode to go on with.
    hdfs.put("dfs.client.block.write.replace-datanode-on-failure.policy", "NEVER");
    return hdfs;
  }

  private static void addEntry(ZipOutputStream jar, String name, String text) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    jar.putNextEntry(entry);
    jar.write(text.getBytes(UTF_8));
    jar.closeEntry();
  }

  /** Writes both servers' configuration and gives their class path. */
  String writeServerConfig() throws IOException {
    Endpoints endpoints = workspace.endpoints();
    Map<String, String> hdfs = new LinkedHashMap<>();
    hdfs.put("dfs.replication", "1");
    hdfs.put("dfs.namenode.name.dir", "file://" + nameStore());
    hdfs.put("dfs.datanode.data.dir", "file://" + workspace.data().store("hdfs/blocks"));
    hdfs.put("dfs.namenode.http-address", endpoints.nameNodeHttp().getAuthority());
    // Free ports: the DataNode tells the NameNode where it is.
    hdfs.put("dfs.datanode.address", "127.0.0.1:0");
    hdfs.put("dfs.datanode.http.address", "127.0.0.1:0");
    hdfs.put("dfs.datanode.ipc.address", "127.0.0.1:0");
    hdfs.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
    hdfs.put("dfs.permissions.enabled", "false");
    // Safe mode ends as soon as the blocks are reported, and they are reported at once.
    hdfs.put("dfs.namenode.safemode.extension", "0");
    hdfs.put("dfs.blockreport.initialDelay", "0");
    hdfs.put("dfs.heartbeat.interval", "1");
    hdfs.put("dfs.namenode.handler.count", "4");
    hdfs.put("dfs.datanode.handler.count", "4");
    writeConfig("hdfs/core-site.xml", core());
    writeConfig("hdfs/hdfs-site.xml", hdfs);
    workspace.data().writeConfig("hdfs/log4j.properties", LOGGING);
    for (String name : new String[] {"hdfs", "datanode"}) {
      // The jars ship no web applications, and the servers refuse to start without the folders.
      Files.createDirectories(workspace.data().config("hdfs/webapps").resolve(name));
    }
    return workspace.data().config("hdfs") + ":" + workspace.installation().classPath(MODULE);
  }

  Path nameStore() throws IOException {
    return workspace.data().store("hdfs/name");
  }

  /**
   * What the NameNode says of itself.
   *
   * @throws IOException while it is away
   */
  JsonNode nameNodeInfo() throws IOException, InterruptedException {
    return nameNode.get(NAME_NODE_INFO).path("beans").path(0);
  }

  /** How many DataNodes the NameNode counts as alive. */
  int liveDataNodes() throws IOException, InterruptedException {
    return new ObjectMapper().readTree(nameNodeInfo().path("LiveNodes").asText("{}")).size();
  }

  private Map<String, String> core() throws IOException {
    Map<String, String> core = new LinkedHashMap<>();
    core.put("fs.defaultFS", workspace.endpoints().hdfs().toString());
    core.put("hadoop.tmp.dir", workspace.data().store("hdfs/tmp").toString());
    return core;
  }

  private void writeConfig(String name, Map<String, String> properties) throws IOException {
    workspace.data().writeConfig(name, xml(properties));
  }

  static String xml(Map<String, String> properties) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
    properties.forEach(
        (name, value) ->
            xml.append("  <property><name>")
                .append(escape(name))
                .append("</name><value>")
                .append(escape(value))
                .append("</value></property>\n"));
    return xml.append("</configuration>\n").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static final String LOGGING =
      """
      log4j.rootLogger=INFO, console
      log4j.appender.console=org.apache.log4j.ConsoleAppender
      log4j.appender.console.layout=org.apache.log4j.PatternLayout
      log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %-5p [%t] %m (%c{1})%n
      # Lines per block and per file, which are no news here.
      log4j.logger.BlockStateChange=WARN
      log4j.logger.org.apache.hadoop.hdfs.StateChange=WARN
      log4j.logger.org.apache.hadoop.hdfs.server.datanode.DataNode.clienttrace=WARN
      log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit=WARN
      """;
}
