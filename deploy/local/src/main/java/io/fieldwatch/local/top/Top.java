package io.fieldwatch.local.top;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The pulse of a running job, all of one instant.
 *
 * @param at the end of its windows
 * @param batches how many batches did something
 * @param slowestHop the code of the hop with the greatest mean; empty where nothing passed
 * @param costShare what part of the time it takes the job to find all this
 * @param failures how often it could not be found since the job's process began
 * @param refusals messages in quarantine by reason, those without any left out
 * @param boards by what window they are about
 */
public record Top(
    Instant at,
    double readingsPerSecond,
    double packsPerSecond,
    long batches,
    String slowestHop,
    double costShare,
    long failures,
    List<HopLine> hops,
    Map<String, Long> refusals,
    Map<String, List<Place>> boards) {
  public Top {
    hops = List.copyOf(hops);
    refusals = Map.copyOf(refusals);
    boards = Map.copyOf(boards);
  }

  /**
   * One hop.
   *
   * @param slowestIn in how many batches it was the slowest
   */
  public record HopLine(String hop, double meanMillis, long maxMillis, long slowestIn) {}

  /**
   * A device on a leaderboard.
   *
   * @param rank from 1
   * @param device {@code site/device}
   */
  public record Place(int rank, String device, long anomalies) {}
}
