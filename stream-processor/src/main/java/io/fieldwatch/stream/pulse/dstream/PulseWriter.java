package io.fieldwatch.stream.pulse.dstream;

import io.fieldwatch.stream.config.StreamConfig;
import io.fieldwatch.stream.influx.PointWriter;
import io.fieldwatch.stream.pulse.Pulse;
import io.fieldwatch.stream.pulse.PulsePoints;
import io.fieldwatch.stream.pulse.Upkeep;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the pulse to InfluxDB and measures what it costs. One in the driver's process. Nothing
 * that goes wrong leaves it: it is counted, and the next pulse says so.
 */
public final class PulseWriter {
  private static final Logger log = LoggerFactory.getLogger(PulseWriter.class);
  private static final AtomicReference<@Nullable PulseWriter> CURRENT = new AtomicReference<>();

  private final StreamConfig.Pulse settings;
  private final Delivery delivery;
  private final AtomicLong spentNanos = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicBoolean hasFailed = new AtomicBoolean();

  /** Where a pulse goes. */
  @FunctionalInterface
  interface Delivery {
    /**
     * Delivers it; may block while the server is away.
     *
     * @param slideMillis the end of its windows
     */
    void deliver(Pulse pulse, Upkeep upkeep, long slideMillis) throws InterruptedException;
  }

  private PulseWriter(StreamConfig.Pulse settings, Delivery delivery) {
    this.settings = settings;
    this.delivery = delivery;
  }

  /** Makes the writer of this process, in place of an earlier one. */
  public static void open(StreamConfig.Pulse settings, PointWriter influx) {
    PulsePoints points = new PulsePoints(settings);
    open(
        settings,
        (pulse, upkeep, slideMillis) -> influx.write(points.lines(pulse, upkeep, slideMillis)));
  }

  static PulseWriter open(StreamConfig.Pulse settings, Delivery delivery) {
    PulseWriter writer = new PulseWriter(settings, delivery);
    CURRENT.set(writer);
    return writer;
  }

  /** The writer of this process, for functions that Spark made from its checkpoint. */
  static PulseWriter current() {
    PulseWriter writer = CURRENT.get();
    if (writer == null) {
      throw new IllegalStateException("Cannot take the pulse: the job has not started");
    }
    return writer;
  }

  /** How many exceptions it has caught. */
  long failures() {
    return failures.get();
  }

  /** Finds a pulse and delivers it. Blocks for both, on Spark's job thread. */
  void publish(JavaRDD<Pulse> parts, long slideMillis) {
    long begin = System.nanoTime();
    try {
      Pulse pulse = parts.collect().stream().reduce(Pulse.NONE, Pulse::plus);
      long found = System.nanoTime();
      spent(found - begin);
      begin = found;
      delivery.deliver(pulse, upkeep(), slideMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | AssertionError | StackOverflowError e) {
      // Exception: Scala's methods throw checked ones without declaring them.
      failed(e);
    } finally {
      spent(System.nanoTime() - begin);
    }
  }

  void spent(long nanos) {
    spentNanos.addAndGet(nanos);
  }

  /** Whether anything has failed since this was last asked. */
  boolean takeFailure() {
    return hasFailed.getAndSet(false);
  }

  void failed(Throwable failure) {
    failures.incrementAndGet();
    hasFailed.set(true);
    log.warn("Cannot take the pulse, trying again with the next slide", failure);
  }

  private Upkeep upkeep() {
    double costMillis = spentNanos.getAndSet(0) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    return new Upkeep(costMillis, costMillis / settings.slide().toMillis(), failures.get());
  }
}
