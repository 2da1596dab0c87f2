package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** HDFS's directory of files and blocks. */
final class NameNode implements Service {
  static final String NAME = "namenode";
  private static final String MAIN = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final Duration FORMAT_BOUND = Duration.ofSeconds(60);

  private final Workspace workspace;
  private final Hdfs hdfs;

  NameNode(Workspace workspace) {
    this.workspace = workspace;
    this.hdfs = new Hdfs(workspace);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException, InterruptedException {
    String classPath = hdfs.writeServerConfig();
    hdfs.writeClientConfig();
    if (!Files.exists(hdfs.nameStore().resolve("current/VERSION"))) {
      ChildProcess.run(
          java().classPath(classPath).run(hdfs.nameStore(), MAIN, "-format", "-nonInteractive"),
          workspace.data().pidFile("namenode-format"),
          workspace.data().log(NAME),
          FORMAT_BOUND);
    }
    return java().classPath(classPath).run(hdfs.nameStore(), MAIN);
  }

  private static JavaLaunch java() {
    return JavaLaunch.withHeap(192)
        .quickStart()
        // Else the XML library of WebHDFS makes classes in a way that JDK 17 forbids.
        .options(List.of("-Dcom.sun.xml.bind.v2.bytecode.ClassTailor.noOptimize=true"));
  }

  /** Serves, though in safe mode as long as blocks are missing. */
  @Override
  public boolean isReady() throws IOException, InterruptedException {
    return hdfs.nameNodeInfo().has("Safemode") && Programs.listens(workspace.endpoints().hdfs());
  }
}
