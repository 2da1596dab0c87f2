package io.fieldwatch.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.local.live.Flow;
import io.fieldwatch.local.live.FlowMeter;
import io.fieldwatch.local.live.FlowTable;
import io.fieldwatch.local.stack.DataDirectory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One table of components and one of what flows. */
@Command(
    name = "status",
    description = "Components, backlog and rates; exits 1 where a component is down.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: fieldwatch status --json"})
public final class StatusCommand implements Callable<Integer> {
  private static final int MEASUREMENTS = 4;

  @Mixin private StackOption stackOption = new StackOption();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var endpoints = stackOption.runningEndpoints();
    Flow flow;
    try (FlowMeter meter = new FlowMeter(endpoints, InstantSource.system())) {
      flow = meter.measure();
      for (int i = 1; i < MEASUREMENTS; i++) {
        Thread.sleep(1_000);
        flow = meter.measure();
      }
    }
    List<Started> components = components();
    if (json) {
      printJson(components, flow);
    } else {
      printTable(components, flow);
    }
    return components.stream().allMatch(Started::isUp) ? 0 : 1;
  }

  /** What was started, with its process if that is still there. */
  private record Started(String name, Optional<ProcessHandle> process) {
    boolean isUp() {
      return process.isPresent();
    }
  }

  private List<Started> components() throws IOException {
    DataDirectory data = stackOption.data();
    return data.startedNames().stream()
        .map(name -> new Started(name, data.pidFile(name).process()))
        .toList();
  }

  private void printTable(List<Started> components, Flow flow) {
    for (Started component : components) {
      System.out.printf(
          "  %-16s %s%n",
          component.name(),
          component
              .process()
              .map(handle -> "up, pid %d, %s".formatted(handle.pid(), age(handle)))
              .orElseGet(() -> "DOWN, see " + stackOption.data().log(component.name()).path()));
    }
    System.out.println();
    FlowTable.lines(flow).forEach(System.out::println);
  }

  private static void printJson(List<Started> components, Flow flow) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode array = root.putArray("components");
    for (Started component : components) {
      ObjectNode object = array.addObject().put("name", component.name());
      object.put("up", component.isUp());
      component.process().ifPresent(handle -> object.put("pid", handle.pid()));
    }
    ObjectNode flowJson = root.putObject("flow");
    flowJson.put("producedPerSecond", flow.producedPerSecond());
    flowJson.put("acknowledgedPerSecond", flow.acknowledgedPerSecond());
    flowJson.put("kafkaPacksPerSecond", flow.kafkaPacksPerSecond());
    flowJson.put("processedPerSecond", flow.processedPerSecond());
    flowJson.put("pointsPerSecond", flow.pointsPerSecond());
    flow.latencyP50Millis().ifPresent(millis -> flowJson.put("latencyP50Millis", millis));
    flow.latencyP99Millis().ifPresent(millis -> flowJson.put("latencyP99Millis", millis));
    flowJson.put("spoolPacks", flow.spoolPacks());
    flowJson.put("lagPacks", flow.lagPacks());
    System.out.println(root.toPrettyString());
  }

  private static String age(ProcessHandle handle) {
    return handle
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toSeconds() + " s")
        .orElse("");
  }
}
