package io.fieldwatch.local.command;

import io.fieldwatch.local.process.ChildProcess;
import io.fieldwatch.local.stack.DataDirectory;
import io.fieldwatch.local.stack.LeftOver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a stack that runs in another terminal, or what a killed one left behind. */
@Command(
    name = "down",
    description = "Stops the stack, in order; ends what a killed launcher left behind.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch down"})
public final class DownCommand implements Callable<Integer> {
  private static final Duration BOUND = Duration.ofMinutes(3);

  @Mixin private StackOption stackOption = new StackOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return end(stackOption.data());
  }

  /** Ends what runs in a folder, and says so. */
  static int end(DataDirectory data) throws IOException, InterruptedException {
    var launcher = data.launcherPidFile().process();
    if (launcher.isPresent()) {
      ChildProcess.stop(launcher.get(), BOUND);
    }
    int leftOver = LeftOver.end(data);
    if (launcher.isPresent()) {
      System.out.println("Stopped the stack in " + data.path());
    } else if (leftOver > 0) {
      System.out.printf("Ended %d processes that a killed launcher had left behind%n", leftOver);
    } else {
      System.out.println("Nothing runs in " + data.path());
    }
    return 0;
  }
}
