package io.fieldwatch.stream.ledger.hdfs;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real NameNode and DataNode on free ports of the loopback interface, for tests. */
final class HdfsServers implements AutoCloseable {
  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int port = freePort();
  private final int httpPort = freePort();
  private @Nullable Process nameNode;
  private @Nullable Process dataNode;

  HdfsServers(Path folder) throws IOException {
    this.folder = folder;
    for (String name : List.of("hdfs", "datanode")) {
      Files.createDirectories(folder.resolve("webapps").resolve(name));
    }
    write("core-site.xml", Map.of("fs.defaultFS", uri().toString()));
    write(
        "hdfs-site.xml",
        Map.of(
            "dfs.replication", "1",
            "dfs.namenode.name.dir", "file://" + folder.resolve("name"),
            "dfs.datanode.data.dir", "file://" + folder.resolve("blocks"),
            "dfs.namenode.http-address", "127.0.0.1:" + httpPort,
            "dfs.datanode.address", "127.0.0.1:0",
            "dfs.datanode.http.address", "127.0.0.1:0",
            "dfs.datanode.ipc.address", "127.0.0.1:0",
            "dfs.namenode.safemode.extension", "0",
            "dfs.permissions.enabled", "false",
            "dfs.heartbeat.interval", "1"));
  }

  URI uri() {
    return URI.create("hdfs://127.0.0.1:" + port);
  }

  HdfsServers start() throws IOException, InterruptedException {
    if (launch(NAME_NODE, "-format", "-nonInteractive").waitFor() != 0) {
      throw new IOException("Cannot format HDFS, see " + folder);
    }
    nameNode = launch(NAME_NODE);
    await().atMost(BOUND).ignoreExceptions().until(this::listens);
    startDataNode();
    return this;
  }

  void startDataNode() throws IOException {
    dataNode = launch(DATA_NODE);
    await()
        .atMost(BOUND)
        .ignoreExceptions()
        .until(() -> state().contains("NumLiveDataNodes\" : 1"));
    await()
        .atMost(BOUND)
        .ignoreExceptions()
        .until(() -> state().contains("\"FSState\" : \"Operational\""));
  }

  void killDataNode() {
    kill(dataNode);
  }

  @Override
  public void close() {
    kill(dataNode);
    kill(nameNode);
  }

  private static void kill(@Nullable Process process) {
    if (process != null) {
      process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private String state() throws IOException, InterruptedException {
    URI query =
        URI.create(
            "http://127.0.0.1:%d/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState"
                .formatted(httpPort));
    return http.send(HttpRequest.newBuilder(query).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private Process launch(String... mainAndArguments) throws IOException {
    Path classPath = Path.of("../deploy/servers/hdfs/target/classpath.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", folder + ":" + Files.readString(classPath).strip()));
    command.addAll(List.of(mainAndArguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("hdfs.log").toFile()))
        .start();
  }

  private void write(String name, Map<String, String> properties) throws IOException {
    StringBuilder xml = new StringBuilder("<configuration>\n");
    properties.forEach(
        (key, value) ->
            xml.append(
                "<property><name>%s</name><value>%s</value></property>\n".formatted(key, value)));
    Files.writeString(folder.resolve(name), xml.append("</configuration>\n"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
