package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Measures a model; what follows its name is read by anomaly-model. */
@Command(
    name = "evaluate",
    description = {
      "Measures an anomaly model on data it has not seen:",
      "  DIR        on the CSV files of a folder, one a device, with labels or without",
      "  nab DIR    on the Numenta Anomaly Benchmark, whose folder is DIR",
      "Each explains its options with --help behind it."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch evaluate nab ~/NAB --files"})
public final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "What to evaluate on.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return ModelProgram.run(Installation.find(), "io.fieldwatch.model.command.Evaluate", arguments);
  }
}
