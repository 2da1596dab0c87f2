package io.fieldwatch.model.recording;

import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.feature.WindowSummary;
import java.util.ArrayList;
import java.util.List;

/** Puts the windows of a device's series together by their starts. */
public final class Instants {
  private Instants() {}

  /**
   * An instant for each start that any window has, in order.
   *
   * @param sensors a name for each list, each once
   * @param windows of each sensor, by their starts, ascending, each start once
   */
  public static List<JointWindow> of(List<String> sensors, List<List<WindowSummary>> windows) {
    List<JointWindow> instants = new ArrayList<>();
    int[] next = new int[sensors.size()];
    while (true) {
      long start = Long.MAX_VALUE;
      int present = 0;
      for (int i = 0; i < next.length; i++) {
        if (next[i] < windows.get(i).size()) {
          long own = windows.get(i).get(next[i]).startMillis();
          present = own < start ? 1 : own == start ? present + 1 : present;
          start = Math.min(start, own);
        }
      }
      if (present == 0) {
        return instants;
      }
      List<String> names = new ArrayList<>(present);
      double[] means = new double[present];
      for (int i = 0; i < next.length; i++) {
        List<WindowSummary> own = windows.get(i);
        if (next[i] < own.size() && own.get(next[i]).startMillis() == start) {
          means[names.size()] = own.get(next[i]).mean();
          names.add(sensors.get(i));
          next[i]++;
        }
      }
      instants.add(new JointWindow(start, names, means));
    }
  }
}
