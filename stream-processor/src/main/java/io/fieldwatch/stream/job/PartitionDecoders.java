package io.fieldwatch.stream.job;

import io.fieldwatch.decode.Decoders;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The decoders of each partition, kept from batch to batch. They know the names in the packs of
 * their partition's devices, and give the same string for the same name again, so that the state
 * finds a sensor by comparing references. For any threads.
 */
final class PartitionDecoders {
  private final ConcurrentMap<Integer, Decoders> idle = new ConcurrentHashMap<>();
  private final Supplier<Decoders> fresh;

  PartitionDecoders(Supplier<Decoders> fresh) {
    this.fresh = fresh;
  }

  /** For the caller alone, also where a task still runs beside its own repetition. */
  Decoders take(int partition) {
    Decoders kept = idle.remove(partition);
    return kept == null ? fresh.get() : kept;
  }

  /** The caller uses them no more. A task that fails need not put them back. */
  void putBack(int partition, Decoders decoders) {
    idle.put(partition, decoders);
  }
}
