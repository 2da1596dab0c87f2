package io.fieldwatch.benchmark.kafkastreams;

import io.fieldwatch.benchmark.work.SharedWork;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Makes each task its {@link DeviceStore}. */
final class DeviceStoreBuilder implements StoreBuilder<DeviceStore> {
  private final StoreBuilder<KeyValueStore<String, byte[]>> inner;
  private final Duration window;
  private final Duration lateness;

  DeviceStoreBuilder(String name, Duration window, Duration lateness) {
    this.inner =
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
    this.window = window;
    this.lateness = lateness;
  }

  @Override
  public DeviceStore build() {
    return new DeviceStore(inner.build(), new SharedWork(window, lateness));
  }

  @Override
  public StoreBuilder<DeviceStore> withCachingEnabled() {
    throw new UnsupportedOperationException("Cannot cache more: the store is a cache itself");
  }

  @Override
  public StoreBuilder<DeviceStore> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<DeviceStore> withLoggingEnabled(Map<String, String> config) {
    inner.withLoggingEnabled(config);
    return this;
  }

  @Override
  public StoreBuilder<DeviceStore> withLoggingDisabled() {
    inner.withLoggingDisabled();
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public String name() {
    return inner.name();
  }
}
