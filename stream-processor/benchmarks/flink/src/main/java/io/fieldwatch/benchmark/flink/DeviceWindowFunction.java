package io.fieldwatch.benchmark.flink;

import io.fieldwatch.benchmark.plain.WindowStatistics;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Says whose the statistics are. */
final class DeviceWindowFunction
    implements WindowFunction<WindowStatistics, DeviceWindow, String, TimeWindow> {
  @Override
  public void apply(
      String series,
      TimeWindow window,
      Iterable<WindowStatistics> statistics,
      Collector<DeviceWindow> out) {
    int slash = series.lastIndexOf('/');
    String device = series.substring(0, slash);
    String sensor = series.substring(slash + 1);
    for (WindowStatistics one : statistics) {
      out.collect(new DeviceWindow(device, one.result(sensor, window.getStart())));
    }
  }
}
