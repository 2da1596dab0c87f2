package io.fieldwatch.local.stack;

import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The MQTT broker, an installed program. */
final class Mosquitto implements Service {
  static final String NAME = "mosquitto";

  private final Workspace workspace;

  Mosquitto(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Launch launch() throws IOException {
    Path store = workspace.data().store(NAME);
    Path config =
        workspace
            .data()
            .writeConfig("mosquitto.conf", config(workspace.endpoints().mqtt().getPort(), store));
    return Launch.of(
        store,
        List.of(Programs.require("mosquitto", "mosquitto").toString(), "-c", config.toString()));
  }

  /**
   * The defaults lose data: of what arrives for a subscriber that is away, 2.0 keeps 1,000 messages
   * and drops the rest though it has acknowledged them.
   */
  static String config(int port, Path store) {
    return """
        listener %d 127.0.0.1
        allow_anonymous true
        user %s
        set_tcp_nodelay true

        # Nothing that was acknowledged is dropped, whatever waits for the connector.
        max_queued_messages 0
        max_queued_bytes 0
        max_inflight_messages 2000

        # The connector's session and its queue outlive a restart; the launcher asks for a save
        # as soon as the connector has subscribed.
        persistence true
        persistence_location %s/
        autosave_interval 30

        # Standard output would be buffered, and the launcher reads here who has subscribed.
        log_dest stderr
        log_type error
        log_type warning
        log_type notice
        log_type subscribe
        """
        .formatted(port, System.getProperty("user.name"), store);
  }

  @Override
  public boolean isReady() throws IOException {
    return Programs.listens(workspace.endpoints().mqtt());
  }

  /**
   * Asks the running broker to write its sessions and queues to disk now (SIGUSR1), so that a kill
   * -9 does not lose a subscription. A broker that is not running is left alone.
   */
  void save() throws IOException, InterruptedException {
    var process = workspace.data().pidFile(NAME).process();
    if (process.isPresent()) {
      ChildProcess.run(
          Launch.of(
              workspace.data().path(), List.of("/bin/kill", "-USR1", "" + process.get().pid())),
          workspace.data().pidFile("mosquitto-save"),
          workspace.data().log("mosquitto-save"),
          Duration.ofSeconds(5));
    }
  }
}
