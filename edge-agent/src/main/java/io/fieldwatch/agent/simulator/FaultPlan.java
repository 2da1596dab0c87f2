package io.fieldwatch.agent.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * When and how one sensor goes wrong. Time is cut into blocks of half the mean distance between
 * faults; in each block there is one with probability one half, well inside, so that faults never
 * touch.
 */
final class FaultPlan {
  /** A block must be long enough for a fault and for good readings around it. */
  static final int MIN_BLOCK_SLOTS = 20;

  private static final double LONGEST_SHARE = 0.4;

  private final Dice dice;
  private final double noise;
  private final long intervalMillis;
  private final long blockSlots;

  private long plannedBlock = Long.MIN_VALUE;
  private Optional<Fault> planned = Optional.empty();

  FaultPlan(Dice dice, double noise, Duration interval, double perHour) {
    this.dice = dice;
    this.noise = noise;
    this.intervalMillis = interval.toMillis();
    this.blockSlots = blockSlots(interval, perHour);
  }

  static long blockSlots(Duration interval, double perHour) {
    return Math.round(Duration.ofHours(1).toMillis() / (2 * perHour) / interval.toMillis());
  }

  /** The fault at a slot, if there is one. */
  Optional<Fault> at(long slot) {
    long block = Math.floorDiv(slot, blockSlots);
    if (block != plannedBlock) {
      planned = plan(block);
      plannedBlock = block;
    }
    return planned.isPresent() && planned.get().covers(slot) ? planned : Optional.empty();
  }

  private Optional<Fault> plan(long block) {
    Dice here = dice.forName(Long.toString(block));
    if (here.uniform(0) < 0.5) {
      return Optional.empty();
    }
    FaultKind kind = FaultKind.values()[(int) (here.uniform(1) * FaultKind.values().length)];
    long slots = slots(kind, here);
    long start = (long) (here.between(0.05, 0.55, 2) * blockSlots);
    double magnitude = kind.magnitude(here.uniform(3), here.uniform(4) < 0.5 ? -1 : 1, noise);
    long from = block * blockSlots + start;
    return Optional.of(new Fault(kind, from, from + slots, magnitude));
  }

  private long slots(FaultKind kind, Dice here) {
    if (kind == FaultKind.SPIKE) {
      return 1 + (long) (here.uniform(5) * 3);
    }
    long wanted = Math.round(kind.seconds(here.uniform(5)) * 1000 / intervalMillis);
    return Math.max(2, Math.min(wanted, (long) (LONGEST_SHARE * blockSlots)));
  }
}
