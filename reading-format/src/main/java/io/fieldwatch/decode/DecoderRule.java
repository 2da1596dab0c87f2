package io.fieldwatch.decode;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.topic.DeviceTopic;
import io.fieldwatch.topic.TopicFilter;
import java.io.Serializable;

/** The messages of an MQTT topic filter are of a format. */
public record DecoderRule(TopicFilter filter, Format format) implements Serializable {
  /** What agents send: SenML, from every device's telemetry topic. Holds where no rule does. */
  public static final DecoderRule DEFAULT =
      new DecoderRule(new TopicFilter(DeviceTopic.Channel.TELEMETRY.filter()), new Format.Senml());

  public DecoderRule {
    requireNonNull(filter, "filter is null");
    requireNonNull(format, "format is null");
  }
}
