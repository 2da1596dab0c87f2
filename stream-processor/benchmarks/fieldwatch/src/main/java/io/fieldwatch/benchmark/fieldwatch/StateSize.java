package io.fieldwatch.benchmark.fieldwatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.contract.Settings;
import io.fieldwatch.decode.Decoders;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.quarantine.Reason;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.device.DeviceState;
import io.fieldwatch.stream.device.ScoredWindow;
import io.fieldwatch.stream.device.SensorFacts;
import io.fieldwatch.stream.partition.LogRecord;
import io.fieldwatch.stream.partition.Output;
import io.fieldwatch.stream.partition.PartitionRun;
import io.fieldwatch.stream.partition.PartitionState;
import io.fieldwatch.stream.partition.StateFile;
import io.fieldwatch.stream.window.WindowResult;
import io.fieldwatch.stream.window.WindowTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the state of a device takes that has sent readings of five sensors every second for two
 * hours, with the job's default configuration: in a snapshot, and in memory as a run leaves it.
 * Prints {@code stateBytes=… heapBytes=…}.
 */
public final class StateSize {
  private static final int DEVICES = 300;
  private static final int SENSORS = 5;
  private static final int SECONDS_PER_PACK = 2;
  private static final int PACKS = (int) TimeUnit.MINUTES.toSeconds(127) / SECONDS_PER_PACK;
  private static final int PACKS_PER_RUN = 30;
  private static final long BEGIN_SECONDS = 1_700_000_000;

  private final StreamConfig config;
  private final Decoders decoders;
  private final SplittableRandom random = new SplittableRandom(1);
  private long offset;

  private StateSize(StreamConfig config) {
    this.config = config;
    this.decoders = new Decoders(config.decoders(), config.packLimits());
  }

  public static void main(String[] args) throws IOException, JMException {
    new StateSize(JobFile.write(Settings.of(args), 1, "").config()).measure();
  }

  private void measure() throws IOException, JMException {
    // What is loaded and made once is no device's.
    grown(PACKS_PER_RUN);
    long before = reachableBytes();
    PartitionState state = grown(PACKS);
    long heap = reachableBytes() - before;
    // The state is needed after the heap was measured, so it was still there.
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StateFile.write(state, file);
    System.out.printf(
        Locale.ROOT, "stateBytes=%d heapBytes=%d%n", file.size() / DEVICES, heap / DEVICES);
  }

  /** The state after so many packs of each device. */
  private PartitionState grown(int packs) {
    offset = 0;
    PartitionState state = PartitionState.empty(WindowTree.of(config.rules().windows()), 0, 0);
    int packsOfRun;
    for (int pack = 0; pack < packs; pack += packsOfRun) {
      // In the end as the job does it: no batch has two packs of a device that keeps up.
      packsOfRun = pack < packs - PACKS_PER_RUN ? PACKS_PER_RUN : 1;
      PartitionRun run =
          new PartitionRun(state, config.rules(), decoders, new Nowhere(ModelFile.bundled()));
      for (int i = pack; i < pack + packsOfRun; i++) {
        for (int device = 0; device < DEVICES; device++) {
          run.accept(record(device, i));
        }
      }
      run.publishOpenWindows(Integer.MAX_VALUE);
      run.publishDevices();
      state = run.finish(offset);
    }
    return state;
  }

  private LogRecord record(int device, int pack) {
    String key = "lab/d-" + device;
    long from = BEGIN_SECONDS + (long) pack * SECONDS_PER_PACK;
    StringBuilder json = new StringBuilder();
    for (int second = 0; second < SECONDS_PER_PACK; second++) {
      for (int sensor = 0; sensor < SENSORS; sensor++) {
        if (json.isEmpty()) {
          json.append(
              "[{\"bn\":\"%s/\",\"bt\":%d,\"epoch\":\"e\",\"seq\":%d"
                  .formatted(key, from, pack + 1));
        } else {
          json.append(",{\"t\":").append(second);
        }
        json.append(
            ",\"n\":\"sensor-%d\",\"u\":\"Cel\",\"v\":%d.%d}"
                .formatted(sensor, 20 + random.nextInt(10), random.nextInt(10)));
      }
    }
    return new LogRecord(
        offset++,
        (from + SECONDS_PER_PACK) * 1_000,
        null,
        LogRecord.Delivery.LIVE,
        key.getBytes(UTF_8),
        json.append(']').toString().getBytes(UTF_8));
  }

  /** What is reachable, object by object: a heap's use counts what a collector left behind, too. */
  private static long reachableBytes() throws JMException {
    // The histogram counts what fills gaps that a collection left; this one leaves none.
    System.gc();
    String[] noArguments = {};
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {noArguments},
                new String[] {String[].class.getName()});
    String total =
        String.valueOf(histogram)
            .lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Cannot read the class histogram"));
    return Long.parseLong(total.split("\\s+")[2]);
  }

  private record Nowhere(Model model) implements Output {
    @Override
    public void window(DeviceId device, String sensor, SensorFacts facts, WindowResult window) {}

    @Override
    public Model model() {
      return model;
    }

    @Override
    public void scored(DeviceId device, String sensor, ScoredWindow window) {}

    @Override
    public void device(DeviceState device) {}

    @Override
    public void stored(long timeMillis, int readings) {}

    @Override
    public void quarantine(LogRecord record, Reason reason, String detail, int readings) {
      throw new IllegalStateException("Cannot use a pack: " + detail);
    }
  }
}
