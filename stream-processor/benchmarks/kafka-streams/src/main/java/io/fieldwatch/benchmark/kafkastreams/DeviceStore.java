package io.fieldwatch.benchmark.kafkastreams;

import io.fieldwatch.benchmark.work.SharedWork;
import io.fieldwatch.stream.device.DeviceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The states of a partition's devices as objects, before an in-memory store with a changelog.
 *
 * <p>Kafka Streams' own stores and caches hold bytes, so every record would cost a state read and a
 * state written. Here a changed state is written when Kafka Streams is about to commit, which is
 * what it asks of its own caches ({@link #flushCache}) before it flushes the producer and then
 * commits offsets. Not thread safe, like all stores of a task.
 */
final class DeviceStore implements StateStore, CachedStateStore<String, byte[]> {
  private final KeyValueStore<String, byte[]> inner;
  private final SharedWork form;
  private final Map<String, Held> states = new HashMap<>();
  private final List<Held> changed = new ArrayList<>();

  private static final class Held {
    private final String device;
    private DeviceState state;
    private boolean isChanged;

    Held(String device, DeviceState state) {
      this.device = device;
      this.state = state;
    }
  }

  /**
   * @param form only for reading and writing states
   */
  DeviceStore(KeyValueStore<String, byte[]> inner, SharedWork form) {
    this.inner = inner;
    this.form = form;
  }

  /** The state of a device; null if it was not seen before. */
  @Nullable DeviceState get(String device) {
    Held held = states.get(device);
    if (held != null) {
      return held.state;
    }
    byte[] bytes = inner.get(device);
    return bytes == null ? null : read(bytes);
  }

  void put(String device, DeviceState state) {
    Held held = states.computeIfAbsent(device, unheld -> new Held(unheld, state));
    held.state = state;
    if (!held.isChanged) {
      held.isChanged = true;
      changed.add(held);
    }
  }

  private DeviceState read(byte[] bytes) {
    try {
      return form.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the state of a device", e);
    }
  }

  @Override
  public void flushCache() {
    for (Held held : changed) {
      inner.put(held.device, form.write(held.state));
      held.isChanged = false;
    }
    changed.clear();
  }

  @Override
  public void clearCache() {
    states.clear();
    changed.clear();
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<String, byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    inner.init(context, root);
  }

  @Override
  public void flush() {
    flushCache();
    inner.flush();
  }

  @Override
  public void close() {
    clearCache();
    inner.close();
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public boolean persistent() {
    return inner.persistent();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }
}
