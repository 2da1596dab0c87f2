package io.fieldwatch.model.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the labels of one device teach, of its sensors or of all of them together. An event, which
 * is a run of anomalous rows, is one stretch over all sensors, because it need not show in each of
 * them; a normal stretch is of one sensor. Together they are as one sensor is. A window is what its
 * own rows are; one that holds rows that are not judged, and no anomalous one, teaches nothing.
 */
final class Lessons {
  private static final int STRETCH_WINDOWS = 120;
  private static final int NO_EVENT = -1;

  private final Labelled device;
  private final int[] eventOfRow;
  private final List<List<double[]>> events = new ArrayList<>();
  private final List<double[][]> normal = new ArrayList<>();

  Lessons(Labelled device) {
    this.device = device;
    this.eventOfRow = new int[device.labels().length];
    Arrays.fill(eventOfRow, NO_EVENT);
    for (int row = device.from(); row < eventOfRow.length; row++) {
      if (device.labels()[row] == 1) {
        if (row == device.from() || eventOfRow[row - 1] == NO_EVENT) {
          events.add(new ArrayList<>());
        }
        eventOfRow[row] = events.size() - 1;
      }
    }
  }

  /** Takes the windows of one sensor, or of all together, in order. */
  void add(List<Pass.RowFeatures> windows) {
    List<double[]> stretch = new ArrayList<>();
    for (Pass.RowFeatures window : windows) {
      boolean isNormal = isNormal(window);
      if (isNormal) {
        stretch.add(window.features());
      } else {
        addToEvents(window);
      }
      if (!isNormal || stretch.size() == STRETCH_WINDOWS) {
        keepNormal(stretch);
      }
    }
    keepNormal(stretch);
  }

  private boolean isNormal(Pass.RowFeatures window) {
    for (int row = window.firstRow(); row <= window.lastRow(); row++) {
      if (row < device.from() || device.labels()[row] != 0) {
        return false;
      }
    }
    return true;
  }

  private void addToEvents(Pass.RowFeatures window) {
    int last = NO_EVENT;
    for (int row = window.firstRow(); row <= window.lastRow(); row++) {
      int event = eventOfRow[row];
      if (event != NO_EVENT && event != last) {
        events.get(event).add(window.features());
        last = event;
      }
    }
  }

  private void keepNormal(List<double[]> stretch) {
    if (!stretch.isEmpty()) {
      normal.add(stretch.toArray(new double[0][]));
      stretch.clear();
    }
  }

  /** A stretch for each event in which some sensor has a window. */
  List<double[][]> anomalous() {
    return events.stream()
        .filter(windows -> !windows.isEmpty())
        .map(windows -> windows.toArray(new double[0][]))
        .toList();
  }

  /** Normal stretches of all sensors. */
  List<double[][]> normal() {
    return normal;
  }
}
