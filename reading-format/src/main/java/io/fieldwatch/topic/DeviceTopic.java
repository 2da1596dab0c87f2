package io.fieldwatch.topic;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.reading.DeviceId;
import java.util.Optional;

/** An MQTT topic of one device: {@code fieldwatch/{site}/{device}/{channel}}. */
public record DeviceTopic(DeviceId device, Channel channel) {
  private static final String ROOT = "fieldwatch";

  /** What a device's topic carries. */
  public enum Channel {
    TELEMETRY("telemetry"),
    STATUS("status"),
    CONFIG("config"),
    ALERT("alert");

    private final String level;

    Channel(String level) {
      this.level = level;
    }

    /** The last level of the topic. */
    public String level() {
      return level;
    }

    /** The topic filter of this channel for every device (MQTT 5, section 4.7). */
    public String filter() {
      return ROOT + "/+/+/" + level;
    }
  }

  public DeviceTopic {
    requireNonNull(device, "device is null");
    requireNonNull(channel, "channel is null");
  }

  /** The topic's device and channel, or empty if it is none of ours. Never throws. */
  public static Optional<DeviceTopic> parse(String topic) {
    String[] levels = topic.split("/", -1);
    if (levels.length != 4
        || !levels[0].equals(ROOT)
        || !DeviceId.isName(levels[1])
        || !DeviceId.isName(levels[2])) {
      return Optional.empty();
    }
    for (Channel channel : Channel.values()) {
      if (channel.level.equals(levels[3])) {
        return Optional.of(new DeviceTopic(new DeviceId(levels[1], levels[2]), channel));
      }
    }
    return Optional.empty();
  }

  /** The topic's name as MQTT carries it. */
  public String name() {
    return ROOT + '/' + device.key() + '/' + channel.level;
  }

  @Override
  public String toString() {
    return name();
  }
}
