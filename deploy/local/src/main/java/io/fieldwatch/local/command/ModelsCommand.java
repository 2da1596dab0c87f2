package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.Endpoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Works on the models of the running stack; what follows its name is read by anomaly-model. */
@Command(
    name = "models",
    description = {
      "The versions of the anomaly model, and which of them the stream job scores with:",
      "  list, history               what there is, and what was current since when",
      "  show VERSION, compare A B   what a version's file says",
      "  add FILE                    keep a model file as a version",
      "  promote VERSION, rollback   make a version current; the job takes it within a minute",
      "The models are those of the running stack, or of --store FOLDER (hdfs://… or local)."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch models promote lr-3898b53c9989"})
public final class ModelsCommand implements Callable<Integer> {
  private static final String STORE = "--store";

  @Mixin private StackOption stackOption = new StackOption();

  @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "What to do.")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    if (arguments.stream().noneMatch(argument -> argument.startsWith(STORE))) {
      Endpoints endpoints = stackOption.runningEndpoints();
      all.addAll(List.of(STORE, endpoints.hdfs() + "/fieldwatch/models"));
    }
    all.addAll(arguments);
    return ModelProgram.run(stackOption.installation(), "io.fieldwatch.model.command.Models", all);
  }
}
