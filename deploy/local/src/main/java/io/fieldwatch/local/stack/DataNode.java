package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.nio.file.Path;

/** HDFS's keeper of blocks; HDFS can be written once it is ready. */
final class DataNode implements Service {
  static final String NAME = "datanode";

  private final Workspace workspace;
  private final Hdfs hdfs;

  DataNode(Workspace workspace) {
    this.workspace = workspace;
    this.hdfs = new Hdfs(workspace);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store("hdfs");
    return JavaLaunch.withHeap(192)
        .quickStart()
        .classPath(hdfs.writeServerConfig())
        .run(store, "org.apache.hadoop.hdfs.server.datanode.DataNode");
  }

  @Override
  public boolean isReady() throws IOException, InterruptedException {
    return hdfs.liveDataNodes() > 0 && hdfs.nameNodeInfo().path("Safemode").asText().isEmpty();
  }
}
