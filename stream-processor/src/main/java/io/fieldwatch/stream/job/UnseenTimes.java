package io.fieldwatch.stream.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event times of readings that are stored but not yet in a point that InfluxDB has answered.
 * One per partition, used by the task that works on it. Thread safe, since Spark may take a task
 * for lost that still runs. Only measures: lost with the process, and a repeated task counts its
 * readings twice.
 */
final class UnseenTimes {
  private static final Map<Integer, UnseenTimes> BY_PARTITION = new ConcurrentHashMap<>();
  private static final int MOST = 4_000_000;

  /** Open windows that come less often are not what people look at to see what is new. */
  private static final Duration LONGEST_PACE = Duration.ofMinutes(1);

  private static final UnseenTimes NEVER_SEEN = new UnseenTimes(0);

  private final int most;
  private long[] times = new long[1024];

  /**
   * How many readings in a row have the time at the same place: those of one pack often share it.
   */
  private int[] counts = new int[1024];

  private int size;

  private UnseenTimes(int most) {
    this.most = most;
  }

  /**
   * Those of a partition.
   *
   * @param openWindowPace how often open windows are written out; where it is longer than a minute,
   *     nothing is gathered
   */
  static UnseenTimes of(int partition, Duration openWindowPace) {
    return openWindowPace.compareTo(LONGEST_PACE) > 0
        ? NEVER_SEEN
        : BY_PARTITION.computeIfAbsent(partition, p -> new UnseenTimes(MOST));
  }

  void add(long timeMillis, int readings) {
    if (most > 0) {
      gather(timeMillis, readings);
    }
  }

  private synchronized void gather(long timeMillis, int readings) {
    if (size > 0 && times[size - 1] == timeMillis) {
      counts[size - 1] += readings;
      return;
    }
    if (size == most) {
      return;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    times[size] = timeMillis;
    counts[size] = readings;
    size++;
  }

  /** All of them are visible now. */
  synchronized Latencies seenAt(long nowMillis) {
    Latencies latencies = new Latencies();
    for (int i = 0; i < size; i++) {
      latencies.record(nowMillis - times[i], counts[i]);
    }
    size = 0;
    return latencies;
  }
}
