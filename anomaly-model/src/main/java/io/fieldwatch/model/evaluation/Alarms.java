package io.fieldwatch.model.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Alarms as people get them: a flag raises an alarm unless one was raised within the rows before
 * it; an event, which is a run of anomalous rows, is found by a flag in it or shortly behind it.
 *
 * @param events runs of anomalous rows
 * @param delays rows from the begin of an event to its first flag, of those found, ascending
 * @param falseAlarms alarms outside of events
 * @param deviceDays how long the devices were watched, all together
 */
public record Alarms(int events, List<Integer> delays, int falseAlarms, double deviceDays) {
  private static final int QUIET_ROWS = 30;
  private static final int GRACE_ROWS = 2;
  private static final double DAY_MILLIS = 86_400_000;

  public Alarms {
    delays = List.copyOf(delays);
  }

  /** Over all devices, at the threshold of each. */
  public static Alarms of(List<Judged> devices) {
    Count count = new Count();
    devices.forEach(count::add);
    return count.alarms();
  }

  /** Events with a flag. */
  public int found() {
    return delays.size();
  }

  /** The share of the events that was found; 0 without events. */
  public double recall() {
    return events == 0 ? 0 : found() / (double) events;
  }

  /**
   * The delay that a share of the found events does not exceed, in rows; -1 where none was found.
   *
   * @param share from 0 to 1
   */
  public int delay(double share) {
    return delays.isEmpty()
        ? -1
        : delays.get(Math.min(delays.size() - 1, (int) (share * delays.size())));
  }

  /** 0 where nothing was watched. */
  public double falseAlarmsPerDeviceDay() {
    return deviceDays == 0 ? 0 : falseAlarms / deviceDays;
  }

  private static final class Count {
    private final List<Integer> delays = new ArrayList<>();
    private int events;
    private int falseAlarms;
    private double days;

    void add(Judged device) {
      int rows = device.probabilities().length;
      int begun = -1;
      int over = -1;
      boolean open = false;
      int quietUntil = 0;
      for (int row = device.from(); row < rows; row++) {
        boolean anomalous = device.counts(row) && device.anomalous(row);
        if (anomalous && (row == device.from() || over != row - 1)) {
          events++;
          begun = row;
          open = true;
        }
        over = anomalous ? row : over;
        boolean inEvent = over >= 0 && row <= over + GRACE_ROWS;
        if (device.probabilities()[row] >= device.threshold()) {
          if (inEvent && open) {
            delays.add(row - begun);
            open = false;
          } else if (!inEvent && device.counts(row) && row >= quietUntil) {
            falseAlarms++;
          }
          quietUntil = row < quietUntil ? quietUntil : row + QUIET_ROWS;
        }
      }
      days += days(device);
    }

    /** Between neighbouring rows, so that a gap or a clock set back counts for little. */
    private static double days(Judged device) {
      long[] steps = new long[Math.max(0, device.timesMillis().length - device.from() - 1)];
      for (int i = 0; i < steps.length; i++) {
        int row = device.from() + i;
        steps[i] = device.timesMillis()[row + 1] - device.timesMillis()[row];
      }
      long[] sorted = steps.clone();
      Arrays.sort(sorted);
      double usual = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
      return Arrays.stream(steps)
              .mapToDouble(s -> Math.max(0, Math.min((double) s, 10 * usual)))
              .sum()
          / DAY_MILLIS;
    }

    Alarms alarms() {
      Collections.sort(delays);
      return new Alarms(events, delays, falseAlarms, days);
    }
  }
}
