package io.fieldwatch.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The packs of one partition in the order in which they are sent.
 *
 * <p>First every device sends one pack. Then devices are visited: a device that was drawn sends ten
 * packs, one in two seconds, of 10 and of 20 readings in turn. Visits begin at almost even steps,
 * and what is wrong with a pack goes by its number, so that all partitions hold alike many packs of
 * every moment.
 */
final class PartitionStream {
  private static final int PACKS_PER_VISIT = 10;
  private static final long VISIT_STEP_MILLIS = 2_000;
  private static final int ROUNDS_OF_SMALL = 2;
  private static final int ROUNDS_OF_LARGE = 4;
  private static final double READINGS_PER_PACK =
      PackText.SENSORS * (ROUNDS_OF_SMALL + ROUNDS_OF_LARGE) / 2.0;

  /** How far in the past late readings are. */
  private static final long DAY_MILLIS = 86_400_000;

  // Which of so many packs: no pack is two of these.
  private static final int DELAYED_EVERY = 50;
  private static final int DELAYED_AT = 7;
  private static final int DUPLICATE_EVERY = 100;
  private static final int DUPLICATE_AT = 31;
  private static final int LATE_EVERY = 1_000;
  private static final int LATE_AT = 503;
  private static final int CUT_EVERY = 10_000;
  private static final int CUT_AT = 5_001;

  private final StreamShape shape;
  private final int partition;
  private final Fleet fleet;
  private final SplittableRandom random;
  private final PackText text = new PackText();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final int[] rollCall;
  private final double stepMillis;
  private final double visitStepMillis;
  private long made;
  private long eventsMade;
  private long visits;
  private long readings;

  /** Something that happens at a time: a pack is made, or one that was made is sent. */
  private record Event(long atMillis, long order, @Nullable Visit visit, @Nullable Pack ready)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atMillis, other.atMillis);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private record Visit(int device, int packsLeft) {}

  /**
   * @param rollCalls how many packs come before the first visit, alike in all partitions
   */
  PartitionStream(StreamShape shape, int partition, Fleet fleet, int rollCalls) {
    this.shape = shape;
    this.partition = partition;
    this.fleet = fleet;
    this.random = new SplittableRandom(shape.seed() * 31 + partition);
    this.stepMillis = 1_000 * READINGS_PER_PACK * shape.partitions() / shape.readingsPerSecond();
    this.visitStepMillis = stepMillis * PACKS_PER_VISIT;
    this.rollCall = shuffled(rollCalls);
    addRollCall(0);
  }

  Pack next() {
    while (true) {
      Event event = events.remove();
      if (event.ready != null) {
        return event.ready;
      }
      Pack pack = happen(event);
      if (pack != null) {
        return pack;
      }
    }
  }

  private @Nullable Pack happen(Event event) {
    Visit visit = event.visit;
    if (made < rollCall.length) {
      int device = rollCall[(int) made];
      Pack pack = make(device, event.atMillis);
      addRollCall((int) made);
      return pack;
    }
    if (visit == null) {
      addVisit();
      return step(new Visit(fleet.draw(random), PACKS_PER_VISIT), event.atMillis);
    }
    return step(visit, event.atMillis);
  }

  private @Nullable Pack step(Visit visit, long now) {
    if (visit.packsLeft > 1) {
      add(now + VISIT_STEP_MILLIS, new Visit(visit.device, visit.packsLeft - 1), null);
    }
    return make(visit.device, now);
  }

  /** Makes the next pack of a device; null if it is sent later. */
  private @Nullable Pack make(int device, long now) {
    long number = made++;
    int rounds = number % 2 == 0 ? ROUNDS_OF_SMALL : ROUNDS_OF_LARGE;
    boolean late = number % LATE_EVERY == LATE_AT && hasLate();
    String key = fleet.keyAt(device);
    byte[] value =
        text.write(key, fleet.nextSeq(device), late ? now - DAY_MILLIS : now, rounds, random);
    int count = rounds * PackText.SENSORS;
    if (number % CUT_EVERY == CUT_AT) {
      value = Arrays.copyOf(value, value.length * 3 / 5);
      count = 0;
    }
    readings += count;
    Pack pack = new Pack(partition, now, key.getBytes(UTF_8), value, count);
    if (number % DUPLICATE_EVERY == DUPLICATE_AT) {
      readings += count;
      addReady(pack, now + random.nextInt(200, 2_500));
    }
    if (number % DELAYED_EVERY == DELAYED_AT) {
      addReady(pack, now + random.nextInt(500, 2_500));
      return null;
    }
    return pack;
  }

  private boolean hasLate() {
    return readings * shape.partitions() >= shape.lateAfterReadings() && made > rollCall.length;
  }

  private void addReady(Pack pack, long atMillis) {
    add(
        atMillis,
        null,
        new Pack(pack.partition(), atMillis, pack.key(), pack.value(), pack.readings()));
  }

  private void addRollCall(int number) {
    if (number < rollCall.length) {
      add(StreamShape.BEGIN_MILLIS + Math.round(number * stepMillis), null, null);
    } else {
      addVisit();
    }
  }

  private void addVisit() {
    double at = rollCall.length * stepMillis + (visits + random.nextDouble()) * visitStepMillis;
    visits++;
    add(StreamShape.BEGIN_MILLIS + Math.round(at), null, null);
  }

  private void add(long atMillis, @Nullable Visit visit, @Nullable Pack ready) {
    events.add(new Event(atMillis, eventsMade++, visit, ready));
  }

  /** Every device once, in any order, and then some again. */
  private int[] shuffled(int length) {
    int[] all = IntStream.range(0, length).map(i -> i % fleet.size()).toArray();
    for (int i = fleet.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = all[i];
      all[i] = all[other];
      all[other] = held;
    }
    return all;
  }
}
