package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.Launch;
import io.fieldwatch.local.process.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One edge agent process with any number of devices. */
final class Agent implements Service {
  private final String name;
  private final Workspace workspace;
  private final AgentConfig config;
  private long brokerLogAtLaunch;

  Agent(String name, Workspace workspace, AgentConfig config) {
    this.name = name;
    this.workspace = workspace;
    this.config = config;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store("agents/" + name);
    String yaml = config.yaml(workspace.endpoints(), store);
    Path file = workspace.data().writeConfig(name + ".yaml", yaml);
    brokerLogAtLaunch = brokerLog().size();
    return JavaLaunch.withHeap(config.heapMegabytes())
        .quickStart()
        .run(
            store,
            "-jar",
            workspace.installation().file("edge-agent/target/edge-agent.jar").toString(),
            "run",
            "--config",
            file.toString());
  }

  /** A client has connected to the broker since the launch. */
  @Override
  public boolean isReady() {
    return brokerLog().containsAfter(brokerLogAtLaunch, "New client connected");
  }

  @Override
  public Duration stopBound() {
    return Duration.ofSeconds(30);
  }

  private LogFile brokerLog() {
    return workspace.data().log(Mosquitto.NAME);
  }
}
