package io.fieldwatch.agent;

import io.fieldwatch.agent.config.AgentConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: says everything that is wrong with a configuration. */
@Command(
    name = "check",
    description = "Prints all problems of a configuration; exits 0 if there is none.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    AgentConfig config = options.read();
    spec.commandLine()
        .getOut()
        .printf("The configuration is right: %d devices.%n", config.deviceCount());
    return ExitCode.OK;
  }
}
