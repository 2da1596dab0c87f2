package io.fieldwatch.stream.device;

import io.fieldwatch.stream.window.WindowSpec;
import java.util.List;

/**
 * What a model makes of a window when it is closed for the first time.
 *
 * @param features what it was judged by, not to be changed
 * @param suspects of all sensors of a device together those that fit the others least, the worst
 *     first; none of a single sensor
 * @param probability that the window is anomalous
 * @param flagged whether the probability reaches the model's threshold
 * @param alarms how many alarms it raises, 0 or 1: one an event, however many windows that lasts
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record ScoredWindow(
    WindowSpec spec,
    long startMillis,
    double[] features,
    List<String> suspects,
    double probability,
    boolean flagged,
    int alarms) {
  public ScoredWindow {
    suspects = List.copyOf(suspects);
  }
}
