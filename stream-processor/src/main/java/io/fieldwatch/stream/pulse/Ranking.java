package io.fieldwatch.stream.pulse;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Finds the best of many, and keeps no others in memory. Not thread safe. */
public final class Ranking {
  /** The best first: the greater count, and of equals the name that comes first. */
  private static final Comparator<Leader> ORDER =
      Comparator.comparingLong(Leader::anomalies).reversed().thenComparing(Leader::device);

  private final int places;
  private final PriorityQueue<Leader> best = new PriorityQueue<>(ORDER.reversed());

  /**
   * @param places how many the best are
   */
  public Ranking(int places) {
    if (places < 1) {
      throw new IllegalArgumentException("Invalid ranking: %d places".formatted(places));
    }
    this.places = places;
  }

  /** Adds a device with all its anomalies; without any it has no place. */
  public void add(String device, long anomalies) {
    if (anomalies < 1) {
      return;
    }
    best.add(new Leader(device, anomalies));
    if (best.size() > places) {
      best.remove();
    }
  }

  /** Best first. */
  public List<Leader> leaders() {
    return best.stream().sorted(ORDER).toList();
  }
}
