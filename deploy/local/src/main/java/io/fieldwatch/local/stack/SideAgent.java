package io.fieldwatch.local.stack;

import io.fieldwatch.local.port.Ports;
import java.io.IOException;
import java.security.SecureRandom;

/** An agent process beside a stack that another launcher runs. */
public final class SideAgent implements AutoCloseable {
  private final Component component;

  private SideAgent(Component component) {
    this.component = component;
  }

  /** Starts it and waits until it is connected. */
  public static SideAgent start(
      Installation installation, DataDirectory data, String name, AgentConfig config)
      throws IOException, InterruptedException {
    Ports ports = Ports.keptIn(data.portsFile(), new SecureRandom());
    Agent agent = new Agent(name, new Workspace(installation, data, ports), config);
    Component component = new Component(agent, data, StackListener.NONE, died -> {});
    component.start();
    return new SideAgent(component);
  }

  public Component component() {
    return component;
  }

  /** Stops it and waits, through interrupts, until it is gone; it first sends what it can. */
  @Override
  public void close() throws IOException {
    Task.run(task -> new Thread(task, "stop").start(), component::retire).awaitThroughInterrupts();
  }
}
