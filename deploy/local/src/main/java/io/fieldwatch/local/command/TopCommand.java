package io.fieldwatch.local.command;

import io.fieldwatch.local.top.Top;
import io.fieldwatch.local.top.TopReader;
import io.fieldwatch.local.top.TopTable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The pulse of the stream job, live. */
@Command(
    name = "top",
    description = {
      "Rates, the slowest hop, refusals and the devices with most anomalies, over the last minute.",
      "Follows the stream job until Ctrl-C."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch top --once"})
public final class TopCommand implements Callable<Integer> {
  private static final long LOOK_EVERY_MILLIS = 1_000;
  private static final int PATIENCE = 30;

  @Mixin private StackOption stackOption = new StackOption();

  @Option(names = "--once", description = "Print the newest and end.")
  private boolean once;

  @Option(names = "--json", description = "Print JSON, one object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TopReader reader = new TopReader(stackOption.runningEndpoints().influxQuery());
    Screen screen = Screen.standard();
    Instant shown = Instant.MIN;
    for (int waited = 0; ; waited++) {
      Optional<Top> top = reader.read();
      if (top.isPresent() && top.get().at().isAfter(shown)) {
        shown = top.get().at();
        show(top.get(), screen);
        waited = 0;
      }
      if (once && top.isPresent()) {
        return 0;
      }
      if (waited > PATIENCE) {
        throw new IOException(
            "Cannot see the stream job's pulse: it has written none for %d s; ./fieldwatch status says more"
                .formatted(PATIENCE));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private void show(Top top, Screen screen) {
    if (json) {
      screen.say(TopTable.json(top).toString());
    } else if (screen.isTerminal()) {
      screen.redraw(TopTable.lines(top));
    } else {
      TopTable.lines(top).forEach(screen::say);
    }
  }
}
