package io.fieldwatch.stream.job;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.influx.Lines;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.window.WindowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the results of a job in this process, where a test can hold their delivery up, make it fail
 * and see what it finds.
 */
final class HeldDestination implements Destination {
  private static final long serialVersionUID = 1;

  /** What tasks deliver to: they get a copy of the destination. */
  private static final Stage STAGE = new Stage();

  /** What the test does when results are delivered; what it throws fails the task. */
  interface Hook {
    /** Called by the task; gives what the server refuses. */
    List<PointWriter.Refused> delivering();
  }

  /** What was delivered. */
  static final class Stage {
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Boolean> finals = new TreeMap<>();
    private final List<String> devices = new ArrayList<>();
    private final List<String> models = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();
    private Hook hook = List::of;

    synchronized void clear() {
      counts.clear();
      finals.clear();
      devices.clear();
      models.clear();
      said.setLength(0);
      hook = List::of;
    }

    synchronized void whenDelivering(Hook next) {
      hook = next;
    }

    /** How many readings each device has in its windows. */
    synchronized Map<String, Long> readings() {
      Map<String, Long> readings = new TreeMap<>();
      counts.forEach(
          (window, count) ->
              readings.merge(window.substring(0, window.indexOf(' ')), count, Long::sum));
      return readings;
    }

    /** How many readings each window has. */
    synchronized Map<String, Long> counts() {
      return Map.copyOf(counts);
    }

    /** Whether each window is final. */
    synchronized Map<String, Boolean> finals() {
      return Map.copyOf(finals);
    }

    /** The devices that were handed over, as often as they were. */
    synchronized List<String> devices() {
      return List.copyOf(devices);
    }

    /** By which models non-empty deliveries were scored, in their order. */
    synchronized List<String> models() {
      return List.copyOf(models);
    }

    /** What the job said of itself, as line protocol. */
    synchronized String said() {
      return said.toString();
    }

    private List<PointWriter.Refused> take(Held held) {
      List<PointWriter.Refused> refused = hook().delivering();
      synchronized (this) {
        counts.putAll(held.counts);
        finals.putAll(held.finals);
        devices.addAll(held.devices);
        if (!held.counts.isEmpty()) {
          models.add(held.model);
        }
      }
      return refused;
    }

    private synchronized Hook hook() {
      return hook;
    }

    private synchronized void say(Lines lines) {
      said.append(lines.isEmpty() ? "" : lines.slice(0, lines.size()));
    }
  }

  static Stage stage() {
    return STAGE;
  }

  @Override
  public Delivery begin(StreamConfig config, Model model, long nowMillis) {
    return new Held(model.version());
  }

  @Override
  public PointWriter ownPoints(StreamConfig config) {
    return new PointWriter() {
      @Override
      public List<Refused> write(Lines lines) {
        STAGE.say(lines);
        return List.of();
      }

      @Override
      public void close() {}
    };
  }

  private static final class Held implements Delivery {
    private final String model;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Boolean> finals = new TreeMap<>();
    private final List<String> devices = new ArrayList<>();

    Held(String model) {
      this.model = model;
    }

    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {
      String key = device.key() + " " + sensor + " " + window.startMillis();
      counts.put(key, window.aggregate().count());
      finals.put(key, window.isFinal());
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {}

    @Override
    public void device(DeviceState device) {
      devices.add(device.id().key());
    }

    @Override
    public int size() {
      return counts.size();
    }

    @Override
    public List<PointWriter.Refused> deliver() {
      return STAGE.take(this);
    }
  }
}
