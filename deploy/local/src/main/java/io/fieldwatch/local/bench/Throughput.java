package io.fieldwatch.local.bench;

import io.fieldwatch.local.evidence.EvidenceReader;
import io.fieldwatch.local.stack.Component;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a running stack carries, and what each of its processes spends on it.
 *
 * @param produced readings a second, by what the agents say
 * @param stored readings a second, by what the job says
 * @param backlogGrowth by how many readings a second Kafka holds more than the job has read
 * @param cores processor seconds a second of each process, in the order of the components
 */
record Throughput(double produced, double stored, double backlogGrowth, Map<String, Double> cores) {
  private static final double MOST_GROWTH = 0.01;

  /** What agents say of themselves is some seconds old, by not quite as many in the end. */
  private static final double MOST_LACK = 0.03;

  /** Measures for a while; blocks. */
  static Throughput measure(Stack stack, Duration time) throws IOException, InterruptedException {
    Pipeline pipeline = new Pipeline(stack);
    try (EvidenceReader evidence = new EvidenceReader(stack.endpoints())) {
      long producedBefore = produced(evidence);
      Map<String, Duration> spentBefore = spent(stack);
      long from = System.currentTimeMillis();
      Thread.sleep(time.toMillis());
      long produced = produced(evidence) - producedBefore;
      Map<String, Duration> spent = spent(stack);
      long to = System.currentTimeMillis();
      double seconds = (to - from) / 1000.0;
      Map<String, Double> cores = new LinkedHashMap<>();
      spent.forEach(
          (name, after) -> {
            Duration before = spentBefore.getOrDefault(name, Duration.ZERO);
            cores.put(name, after.minus(before).toMillis() / 1000.0 / seconds);
          });
      return new Throughput(
          produced / seconds,
          pipeline.readings(from, to) / seconds,
          pipeline.backlogGrowth(from, to),
          cores);
    }
  }

  /** Whether what is produced is stored, and no backlog grows. */
  boolean isSustained() {
    return backlogGrowth <= MOST_GROWTH * produced && stored >= (1 - MOST_LACK) * produced;
  }

  /** The process that spends most. */
  String busiest() {
    return cores.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("none");
  }

  @Override
  public String toString() {
    return "produced %,.0f readings/s, stored %,.0f, backlog grew by %,.0f; cores: %s"
        .formatted(
            produced,
            stored,
            backlogGrowth,
            cores.entrySet().stream()
                .map(
                    entry ->
                        String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private static Map<String, Duration> spent(Stack stack) {
    Map<String, Duration> spent = new LinkedHashMap<>();
    for (Component component : stack.components()) {
      component.pid().stream()
          .mapToObj(ProcessHandle::of)
          .flatMap(process -> process.stream())
          .flatMap(process -> process.info().totalCpuDuration().stream())
          .forEach(duration -> spent.put(component.name(), duration));
    }
    return spent;
  }

  private static long produced(EvidenceReader evidence) throws IOException, InterruptedException {
    return evidence.read().agents().values().stream().mapToLong(Counts::producedReadings).sum();
  }
}
