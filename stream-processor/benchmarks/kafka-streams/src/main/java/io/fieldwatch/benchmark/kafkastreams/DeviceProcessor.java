package io.fieldwatch.benchmark.kafkastreams;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.benchmark.work.SharedWork;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes a device's state through its messages, with Fieldwatch's own decoder and windows. */
final class DeviceProcessor implements Processor<String, byte[], String, byte[]> {
  static final String STORE = "devices";

  private final SharedWork work;
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable DeviceStore states;

  DeviceProcessor(Duration window, Duration lateness) {
    this.work = new SharedWork(window, lateness);
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
    this.states = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<String, byte[]> message) {
    DeviceStore store = requireNonNull(states);
    ProcessorContext<String, byte[]> output = requireNonNull(context);
    String device = message.key();
    store.put(
        device,
        work.apply(
            store.get(device),
            device,
            message.value(),
            message.timestamp(),
            closed -> output.forward(message.withValue(closed.write()))));
  }
}
