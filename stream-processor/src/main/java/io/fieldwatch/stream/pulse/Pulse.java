package io.fieldwatch.stream.pulse;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the last window held. Each window operation finds a part of it, and parts add up.
 *
 * @param batches how many batches did something
 * @param slowest in how many of them each hop was the slowest, by the code of the hop
 * @param refusals messages sent to quarantine by the code of their reason
 * @param leaders the devices with most anomalies of the long window, best first
 * @param shortLeaders the same of the short window
 */
public record Pulse(
    long batches,
    Totals totals,
    HopTimes hops,
    Map<String, Long> slowest,
    Map<String, Long> refusals,
    List<Leader> leaders,
    List<Leader> shortLeaders)
    implements Serializable {
  public static final Pulse NONE =
      new Pulse(0, Totals.NONE, HopTimes.NONE, Map.of(), Map.of(), List.of(), List.of());

  public Pulse {
    slowest = Map.copyOf(slowest);
    refusals = Map.copyOf(refusals);
    leaders = List.copyOf(leaders);
    shortLeaders = List.copyOf(shortLeaders);
  }

  public static Pulse ofBatches(long batches) {
    return new Pulse(batches, Totals.NONE, HopTimes.NONE, Map.of(), Map.of(), List.of(), List.of());
  }

  public static Pulse ofTotals(Totals totals) {
    return new Pulse(0, totals, HopTimes.NONE, Map.of(), Map.of(), List.of(), List.of());
  }

  public static Pulse ofHops(HopTimes hops) {
    return new Pulse(0, Totals.NONE, hops, Map.of(), Map.of(), List.of(), List.of());
  }

  public static Pulse ofSlowest(Map<String, Long> slowest) {
    return new Pulse(0, Totals.NONE, HopTimes.NONE, slowest, Map.of(), List.of(), List.of());
  }

  public static Pulse ofRefusals(Map<String, Long> refusals) {
    return new Pulse(0, Totals.NONE, HopTimes.NONE, Map.of(), refusals, List.of(), List.of());
  }

  public static Pulse ofLeaders(List<Leader> leaders) {
    return new Pulse(0, Totals.NONE, HopTimes.NONE, Map.of(), Map.of(), leaders, List.of());
  }

  public static Pulse ofShortLeaders(List<Leader> leaders) {
    return new Pulse(0, Totals.NONE, HopTimes.NONE, Map.of(), Map.of(), List.of(), leaders);
  }

  /** Both parts. A leaderboard is found whole by one operation, so only one part has it. */
  public Pulse plus(Pulse other) {
    return new Pulse(
        batches + other.batches,
        totals.plus(other.totals),
        hops.plus(other.hops),
        Counts.plus(slowest, other.slowest),
        Counts.plus(refusals, other.refusals),
        Stream.concat(leaders.stream(), other.leaders.stream()).toList(),
        Stream.concat(shortLeaders.stream(), other.shortLeaders.stream()).toList());
  }
}
