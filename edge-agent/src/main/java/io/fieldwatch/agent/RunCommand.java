package io.fieldwatch.agent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code run}: the agent, until SIGTERM or SIGINT. */
@Command(
    name = "run",
    description = "Reads, stores and publishes until it is told to stop (SIGTERM, Ctrl-C).",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = System.getLogger(RunCommand.class.getName());

  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Agent agent =
        Agent.start(
            options.read(), Version.text(), InstantSource.system(), new SecureRandom(), System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(agent), "stop"));
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  /** Ends the JVM with 0: by itself it would report a stop by a signal as a failure. */
  private static void stop(Agent agent) {
    int exitCode = ExitCode.SOFTWARE;
    try {
      agent.close();
      LOG.log(Level.INFO, "Stopped");
      exitCode = ExitCode.OK;
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
