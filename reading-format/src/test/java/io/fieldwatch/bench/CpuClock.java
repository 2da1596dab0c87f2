package io.fieldwatch.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counts packs per second of the thread's own CPU time, so that a busy machine disturbs less. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long startNanos;
  private long packs;

  /** Begins an iteration. */
  @Setup(Level.Iteration)
  public void start() {
    packs = 0;
    startNanos = THREADS.getCurrentThreadCpuTime();
  }

  /** A pack was done. */
  void count() {
    packs++;
  }

  /**
   * Read by JMH at the end of an iteration, on the thread that ran it; the name is the figure's.
   */
  public double packsPerCpuSecond() {
    return packs * 1e9 / (THREADS.getCurrentThreadCpuTime() - startNanos);
  }
}
