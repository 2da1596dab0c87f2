package io.fieldwatch.local.command;

import io.fieldwatch.local.port.Ports;
import io.fieldwatch.local.stack.DataDirectory;
import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack a command is about. */
final class StackOption {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "The stack's data, ports and logs (default: .fieldwatch beside this script).")
  private @Nullable Path directory;

  private final Installation installation = Installation.find();

  Installation installation() {
    return installation;
  }

  Path path() {
    return directory == null ? installation.root().resolve(".fieldwatch") : directory;
  }

  DataDirectory data() {
    return new DataDirectory(path());
  }

  /**
   * Where its servers listen.
   *
   * @throws IOException if nothing runs there
   */
  Endpoints runningEndpoints() throws IOException {
    DataDirectory data = data();
    if (data.launcherPidFile().process().isEmpty()) {
      throw new IOException(
          "Cannot find a running stack in %s: start one with ./fieldwatch up"
              .formatted(data.path()));
    }
    return Endpoints.of(Ports.keptIn(data.portsFile(), new SecureRandom()));
  }
}
