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
    return json ? printJson(flow) : printTable(flow);
  }

  private int printTable(Flow flow) throws IOException {
    DataDirectory data = stackOption.data();
    boolean allUp = true;
    for (String name : data.startedNames()) {
      Optional<ProcessHandle> process = data.pidFile(name).process();
      allUp &= process.isPresent();
      System.out.printf(
          "  %-16s %s%n",
          name,
          process
              .map(handle -> "up, pid %d, %s".formatted(handle.pid(), age(handle)))
              .orElse("DOWN, see " + data.log(name).path()));
    }
    System.out.println();
    FlowTable.lines(flow).forEach(System.out::println);
    return allUp ? 0 : 1;
  }

  private int printJson(Flow flow) throws IOException {
    DataDirectory data = stackOption.data();
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ArrayNode components = root.putArray("components");
    boolean allUp = true;
    for (String name : data.startedNames()) {
      Optional<ProcessHandle> process = data.pidFile(name).process();
      allUp &= process.isPresent();
      ObjectNode component = components.addObject().put("name", name);
      component.put("up", process.isPresent());
      process.ifPresent(handle -> component.put("pid", handle.pid()));
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
    return allUp ? 0 : 1;
  }

  private static String age(ProcessHandle handle) {
    return handle
        .info()
        .startInstant()
        .map(start -> Duration.between(start, Instant.now()).toSeconds() + " s")
        .orElse("");
  }
}
