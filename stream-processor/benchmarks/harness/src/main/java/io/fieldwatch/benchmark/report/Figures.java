package io.fieldwatch.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.benchmark.run.Live;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured, by name. Ratios are of medians of the same run of the benchmark; a ratio
 * with a void side is left out, and its bound is not kept.
 */
public final class Figures {
  private static final String SAME_WORK = "fieldwatch";
  private static final String DEPLOYED = "fieldwatch-deployed";
  private static final String LIMIT = "limit";

  private final List<Line> lines;
  private final boolean liveIsRight;
  private final Map<String, Double> figures = new LinkedHashMap<>();

  /** What a device's state takes. */
  public record StateSize(long snapshotBytes, long heapBytes) {}

  public Figures(List<Line> lines, List<Live> lives, Optional<StateSize> state) {
    this.lines = List.copyOf(lines);
    this.liveIsRight = lives.stream().allMatch(Live::isRight);
    int few = lines.stream().mapToInt(Line::devices).min().orElse(0);
    int many = lines.stream().mapToInt(Line::devices).max().orElse(0);
    addRatios("", few);
    if (many > few) {
      addRatios("Of" + many, many);
      put("costManyToFew", cost(SAME_WORK, many) / cost(SAME_WORK, few));
    }
    lives.stream().filter(Live::isRight).forEach(this::add);
    state.ifPresent(
        size -> {
          put("stateBytesPerDevice", (double) size.heapBytes());
          put("snapshotBytesPerDevice", (double) size.snapshotBytes());
        });
    for (Line line : lines) {
      if (line.isRight()) {
        String name = line.sut().name() + "Of" + line.devices();
        put(name + "ReadingsPerSecond", line.readingsPerSecond().median());
        put(name + "CpuSecondsPerMillion", line.cpuSecondsPerMillion().median());
      }
    }
  }

  private void add(Live run) {
    String suffix = run.standby() ? "WithStandby" : "";
    put("latencyLoadReadingsPerSecond" + suffix, run.readingsPerSecond());
    put("latencyP50Seconds" + suffix, run.latencyP50Seconds());
    put("latencyP99Seconds" + suffix, run.latencyP99Seconds());
    put("latencyMaxSeconds" + suffix, run.latencyMaxSeconds());
    put("recoverySeconds" + suffix, run.recoverySeconds());
  }

  private void addRatios(String suffix, int devices) {
    addRatio("sameWorkToLimit" + suffix, SAME_WORK, LIMIT, devices);
    addRatio("sameWorkToFlink" + suffix, SAME_WORK, "flink-shared", devices);
    addRatio("sameWorkToKafkaStreams" + suffix, SAME_WORK, "kafka-streams-shared", devices);
    addRatio("sameWorkToSql" + suffix, SAME_WORK, "structured-streaming-sql", devices);
    addRatio("deployedToLimit" + suffix, DEPLOYED, LIMIT, devices);
  }

  /**
   * By readings a second, and beside it by CPU seconds, which others on the machine disturb less.
   */
  private void addRatio(String name, String above, String below, int devices) {
    put(name, pace(above, devices) / pace(below, devices));
    put(name + "ByCpu", cost(below, devices) / cost(above, devices));
  }

  private double pace(String system, int devices) {
    return line(system, devices).map(l -> l.readingsPerSecond().median()).orElse(Double.NaN);
  }

  private double cost(String system, int devices) {
    return line(system, devices).map(l -> l.cpuSecondsPerMillion().median()).orElse(Double.NaN);
  }

  private Optional<Line> line(String system, int devices) {
    return lines.stream()
        .filter(line -> line.devices() == devices && line.sut().name().equals(system))
        .filter(Line::isRight)
        .findFirst();
  }

  /** What is not a number was not measured. */
  private void put(String name, double value) {
    if (!Double.isNaN(value)) {
      figures.put(name, value);
    }
  }

  public Optional<Double> find(String name) {
    return Optional.ofNullable(figures.get(name));
  }

  /** Whether no result was wrong and every bound was kept whose figure was measured. */
  public boolean isOk() {
    return liveIsRight
        && lines.stream().allMatch(Line::isRight)
        && Bound.ALL.stream()
            .allMatch(bound -> find(bound.figure()).map(bound::isKeptBy).orElse(true));
  }

  /**
   * {@code {"name": …, "ok": …, "figures": {…}, "floors": {…}, "machine": …}}; null is a figure
   * without an end, as JSON has no number for it.
   */
  public String json(String machine) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("name", "stream").put("ok", isOk());
    ObjectNode values = json.putObject("figures");
    figures.forEach((name, value) -> values.put(name, value.isInfinite() ? null : value));
    ObjectNode floors = json.putObject("floors");
    Bound.ALL.forEach(bound -> floors.put(bound.figure(), bound.floor()));
    return json.put("machine", machine).toString();
  }
}
